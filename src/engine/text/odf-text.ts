import { type Attributes, readAttribute } from '../../packages/markup.ts'

/** Spaces in a row; those that are written out are one. */
const MOST_SPACES = 256

/**
 * What is not text, or not of the document as it stands: changes, comments, the numbers of notes, how to pronounce a
 * word, what describes a picture, and pictures themselves.
 */
export const ODF_SKIPPED: ReadonlySet<string> = new Set(
  'tracked-changes annotation note-citation ruby-text title desc binary-data forms scripts'.split(
    ' ',
  ),
)

/** The character, or characters, that an empty element stands for. */
export function readOdfCharacters(name: string, attributes: Attributes): string {
  if (name === 'tab') return '\t'
  if (name !== 's') return ''
  const count = Number(readAttribute(attributes, 'c') ?? 1)
  return ' '.repeat(Math.min(Math.max(count, 1) || 1, MOST_SPACES))
}

/** How often a row or cell is there, as `attribute` says; at most `limit` times. */
export function readRepeats(attributes: Attributes, attribute: string, limit: number): number {
  const count = Number(readAttribute(attributes, attribute) ?? 1)
  return Math.min(Math.max(Math.floor(count), 1) || 1, limit)
}
