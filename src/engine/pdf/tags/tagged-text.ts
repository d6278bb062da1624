import { readFileSync } from 'node:fs'
import { isRecord } from '../../../base/json.ts'
import type { TextPiece } from './marked-text.ts'
import type { Tag } from './tag-tree.ts'

/** What is tagged in a document, with its text. */
export interface TaggedText extends Omit<Tag, 'parts'> {
  readonly parts: readonly (TaggedText | TextPiece)[]
}

/** Reads the file that {@link writeTags} has written. */
export function readTaggedText(path: string): TaggedText {
  const text: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isTaggedText(text)) throw new TypeError(`there are no tags in ${path}`)
  return text
}

/** What is in it is as it was written. */
function isTaggedText(value: unknown): value is TaggedText {
  return isRecord(value) && Array.isArray(value['parts'])
}
