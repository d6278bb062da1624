import type { Bookmark } from '../../pdf/outline/read-outline.ts'
import type { PositionedBlock, PositionedPage } from '../../pdf/text/read-positions.ts'
import type { Heading } from '../rich-text.ts'

/** A heading is at least so much larger than the text around it, and its levels differ by so much. */
const LEAST_LARGER = 1.15
const LEAST_APART = 1.04

/** What leads to a number in a table of contents; what has it is no heading. */
export const LEADER = /(?:\.\s?){4}|_{4}|…\s?…/

/** What has more lines or letters is no heading, however large it is. */
const MOST_LINES = 3
const MOST_LETTERS = 200

const LEVELS = [1, 2, 3, 4, 5, 6] as const

/** Bold letters set a heading apart where no more of a text than this part of it is bold. */
const MOST_BOLD = 0.4
/** They are as large as most of it, or larger. */
const LEAST_SIZE = 0.97
/** What ends so goes on, or is a sentence. */
const NO_HEADING = /[.,;]$/

/**
 * Tells which blocks of a document are headings.
 *
 * @param isAlone - whether nothing stands beside it but its number
 */
export type HeadingOf = (block: PositionedBlock, isAlone: boolean) => Heading['level'] | undefined

/**
 * Learns what is a heading in a document of which nothing says so: what its bookmarks are called, what is in larger letters than
 * most of its text, the largest being the highest, and what is in bold letters alone, which is lower than all these.
 */
export function learnHeadings(
  pages: Iterable<PositionedPage>,
  bookmarks: readonly Bookmark[],
): HeadingOf {
  const named = new Map<string, Heading['level']>()
  nameBookmarks(bookmarks, 0, named)
  const letters = new Map<number, number>()
  const large = new Map<number, number>()
  let bold = 0
  for (const { blocks } of pages) {
    for (const block of blocks) {
      for (const line of block.lines) {
        add(letters, line.fontSize, line.text.length)
        if (line.bold === true) bold += line.text.length
      }
      if (mayBeHeading(block)) add(large, sizeOf(block), 1)
    }
  }
  const usual = mostOf(letters)
  const sizes = [...large.keys()]
    .filter((size) => size >= usual * LEAST_LARGER)
    .toSorted((one, other) => other - one)
  const levels = new Map<number, Heading['level']>()
  let rank = 0
  let before = Number.POSITIVE_INFINITY
  for (const size of sizes) {
    if (before !== Number.POSITIVE_INFINITY && before >= size * LEAST_APART) rank += 1
    levels.set(size, LEVELS[Math.min(rank, LEVELS.length - 1)] ?? 6)
    before = size
  }
  const all = Array.from(letters.values()).reduce((sum, count) => sum + count, 0)
  const lowest = LEVELS[Math.min(sizes.length === 0 ? 0 : rank + 1, LEVELS.length - 1)]
  const ofBold = bold <= all * MOST_BOLD ? lowest : undefined

  return (block, isAlone) => {
    if (!mayBeHeading(block)) return undefined
    const level = named.get(toName(textOf(block))) ?? levels.get(sizeOf(block))
    if (level !== undefined || !isAlone) return level
    const isOfUsualSize = sizeOf(block) >= usual * LEAST_SIZE
    return isOfUsualSize && isBold(block) && !NO_HEADING.test(textOf(block)) ? ofBold : undefined
  }
}

function nameBookmarks(
  bookmarks: readonly Bookmark[],
  depth: number,
  named: Map<string, Heading['level']>,
): void {
  for (const { title, below } of bookmarks) {
    const name = toName(title)
    const level = LEVELS[Math.min(depth, LEVELS.length - 1)] ?? 6
    if (name !== '' && !named.has(name)) named.set(name, level)
    nameBookmarks(below, depth + 1, named)
  }
}

/** Bookmarks and headings differ in blanks, and in what numbers are followed by. */
function toName(text: string): string {
  return text.replaceAll(/[\s.:]+/g, '').toLowerCase()
}

function mayBeHeading({ lines }: PositionedBlock): boolean {
  const text = lines.map((line) => line.text).join(' ')
  const isShort = lines.length <= MOST_LINES && text.length <= MOST_LETTERS
  return isShort && /\p{L}/u.test(text) && !LEADER.test(text)
}

function isBold({ lines }: PositionedBlock): boolean {
  return lines.every(({ bold }) => bold === true)
}

/** All of a block, on one line. */
function textOf({ lines }: PositionedBlock): string {
  return lines.map(({ text }) => text).join(' ')
}

function sizeOf({ lines: [first] }: PositionedBlock): number {
  return first?.fontSize ?? 0
}

function add(counts: Map<number, number>, size: number, count: number): void {
  counts.set(size, (counts.get(size) ?? 0) + count)
}

function mostOf(counts: ReadonlyMap<number, number>): number {
  return Array.from(counts).reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0]
}
