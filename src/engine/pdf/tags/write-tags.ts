import { writeFileSync } from 'node:fs'
import { withOpenFile } from '../../../sources/open-file.ts'
import type { PdfFile } from '../document.ts'
import { openStructure } from '../structure/open-structure.ts'
import { type ReadPages, readShownPages } from '../text/shown-pages.ts'
import { type MarkedText, readMarkedText, type TextPiece } from './marked-text.ts'
import { type MarkedContent, readTagTree, type Tag } from './tag-tree.ts'
import type { TaggedText } from './tagged-text.ts'

/** What became of all pages, unless there are no tags to read them by. */
export type ReadTags = ReadPages | { readonly outcome: 'untagged' }

/** Tags that lack more of the text than this part of it tell little of it. */
const MOST_UNTAGGED = 0.2

/**
 * Writes the text of a document by its tags, see {@link readTaggedText}, in their order; what has none, such as what is filled into
 * fields, comes last. There may be a part of the file when it fails, and there is none without tags.
 */
export async function writeTags(file: PdfFile, jsonPath: string): Promise<ReadTags> {
  const tree = withOpenFile(file.path, (bytes) => readTagTree(openStructure(bytes, file.password)))
  if (tree === undefined || !hasContent(tree)) return { outcome: 'untagged' }
  const pages = new Map<number, Map<number, TextPiece>>()
  const rest: TextPiece[] = []
  const read = await readShownPages(file, readMarkedText, (page: MarkedText) => {
    pages.set(page.page, new Map(page.pieces))
    rest.push(...page.rest)
  })
  if (read.outcome !== 'written') return read
  const text = fill(tree, pages)
  const unused = Array.from(pages.values()).flatMap((pieces) => Array.from(pieces.values()))
  const loose = countLetters([...rest, ...unused])
  const tagged = countLetters(piecesOf(text))
  if (tagged === 0 || loose > (tagged + loose) * MOST_UNTAGGED) return { outcome: 'untagged' }
  const others = [...unused, ...rest].map((piece) => ({ type: 'P', parts: [piece] }))
  writeFileSync(jsonPath, JSON.stringify({ ...text, parts: [...text.parts, ...others] }))
  return read
}

function hasContent({ parts }: Tag): boolean {
  return parts.some((part) => !isTag(part) || hasContent(part))
}

function isTag(part: Tag | MarkedContent): part is Tag {
  return 'parts' in part
}

/** Puts the text of pages where tags have it; what is used is no longer among that of the pages. */
function fill(tag: Tag, pages: ReadonlyMap<number, Map<number, TextPiece>>): TaggedText {
  const parts = tag.parts.flatMap((part): (TaggedText | TextPiece)[] => {
    if (isTag(part)) return [fill(part, pages)]
    const pieces = pages.get(part.page)
    const piece = pieces?.get(part.mark)
    pieces?.delete(part.mark)
    return piece === undefined ? [] : [piece]
  })
  return { ...tag, parts }
}

function piecesOf({ parts }: TaggedText): TextPiece[] {
  return parts.flatMap((part) => ('parts' in part ? piecesOf(part) : [part]))
}

function countLetters(pieces: readonly TextPiece[]): number {
  return pieces.reduce((count, { text }) => count + text.trim().length, 0)
}
