import type { IdentifiedSource } from '../../sources/identify.ts'
import { withOpenFile } from '../../sources/open-file.ts'
import { countUnreadFrames } from '../../sources/unread-frames.ts'
import { tellBroken } from '../pdf/signatures.ts'

/** What of a file does not get into a PDF that is made of it and others. */
export interface Losses {
  /** How many signatures it has. */
  readonly signatures: number
  /** How many pictures, of which only the first can be read; 1 of all else. */
  readonly pictures: number
}

/** How many pictures a file has of which only the first can be read. */
export function countLostPictures({ path, content }: IdentifiedSource): number {
  return withOpenFile(path, (file) => countUnreadFrames(content, file))
}

/**
 * Says what a PDF loses of a file that it is made of, a sentence each.
 *
 * @param name - of the file; undefined for the only one, which stays as it is if it is a PDF
 */
export function tellLosses({ signatures, pictures }: Losses, name: string | undefined): string[] {
  const broken = signatures > 0 && name !== undefined ? [tellBroken(name)] : []
  if (pictures === 1) return broken
  const all =
    name === undefined ? `its ${pictures} pictures` : `the ${pictures} pictures of ${name}`
  return [...broken, `Only the first of ${all} is there, as the others cannot be read.`]
}
