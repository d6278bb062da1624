import type { PositionedBlock, PositionedLine } from '../../pdf/text/read-positions.ts'
import { directionOf } from '../direction.ts'
import type { Block, Inline } from '../rich-text.ts'
import { LEADER } from './headings.ts'

/** A paragraph ends where its line leaves so much free, as a share of the size of its letters, and begins where one is indented so much. */
const FREE_AT_END = 4
const INDENT = 0.9

/** What an item of a list begins with: a mark, or a number. */
const MARKED = /^[•‣◦▪▫●○■□–·*-]\s+(?=\S)/u
const NUMBERED = /^(\d{1,3})[.)]\s+(?=\S)/

/** Paragraphs and lists of a block of lines. */
export function toParagraphs({ box, lines }: PositionedBlock): Block[] {
  const paragraphs: PositionedLine[][] = []
  for (const [index, line] of lines.entries()) {
    const above = lines[index - 1]
    const last = paragraphs.at(-1)
    if (above === undefined || last === undefined || isNew(line, above, box))
      paragraphs.push([line])
    else last.push(line)
  }
  return toLists(paragraphs.map(joinLines))
}

function isNew(
  line: PositionedLine,
  above: PositionedLine,
  [left, , right]: PositionedBlock['box'],
): boolean {
  if (isItem(line.text) || LEADER.test(above.text)) return true
  const isLeft = directionOf([toText(above.text)]) === undefined
  const [start, end] = isLeft
    ? [line.box[0] - left, right - above.box[2]]
    : [right - line.box[2], above.box[0] - left]
  const { fontSize } = above
  if (end > fontSize * FREE_AT_END) return true
  // Items go on with an indent, below their words.
  return start > fontSize * INDENT && above.box[0] - left < fontSize * INDENT && !isItem(above.text)
}

function isItem(text: string): boolean {
  return MARKED.test(text) || NUMBERED.test(text)
}

/** One line of several; a word that a hyphen parts at the end of one is whole. */
export function joinLines(lines: readonly PositionedLine[]): string {
  return lines
    .reduce((whole, { text }) => {
      if (whole === '') return text
      const isParted = /\p{L}-$/u.test(whole) && /^\p{Ll}/u.test(text)
      return isParted ? whole.slice(0, -1) + text : `${whole} ${text}`
    }, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** A paragraph, or another line of text. */
export function toParagraph(text: string): Block {
  const content = [toText(text)]
  return { kind: 'paragraph', content, direction: directionOf(content) }
}

/** The words of a line, in nothing particular. */
export function toText(text: string): Inline {
  return { kind: 'text', text, marks: [] }
}

/** Puts paragraphs that are items into lists; a number alone is none, as it may be that of a heading. */
function toLists(paragraphs: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < paragraphs.length;) {
    const isMarked = MARKED.test(paragraphs[at] ?? '')
    const end = isMarked ? endOfMarked(paragraphs, at) : endOfNumbered(paragraphs, at)
    if (isMarked || end - at > 1) {
      const items = paragraphs.slice(at, end).map((text) => [toParagraph(withoutMark(text))])
      const start = isMarked ? 1 : numberOf(paragraphs[at])
      blocks.push({ kind: 'list', isOrdered: !isMarked, start, items, direction: undefined })
      at = end
    } else {
      blocks.push(toParagraph(paragraphs[at] ?? ''))
      at += 1
    }
  }
  return blocks
}

function endOfMarked(paragraphs: readonly string[], start: number): number {
  const end = paragraphs.findIndex((text, index) => index >= start && !MARKED.test(text))
  return end === -1 ? paragraphs.length : end
}

function endOfNumbered(paragraphs: readonly string[], start: number): number {
  const first = numberOf(paragraphs[start])
  if (first === 0) return start
  let end = start + 1
  while (numberOf(paragraphs[end]) === first + end - start) end += 1
  return end
}

/** 0 for what has none. */
function numberOf(text = ''): number {
  return Number(NUMBERED.exec(text)?.[1] ?? 0)
}

function withoutMark(text: string): string {
  return text.replace(MARKED, '').replace(NUMBERED, '')
}
