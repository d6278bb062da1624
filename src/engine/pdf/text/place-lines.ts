import type { SurveyedPage } from '../survey-pages.ts'
import { type Character, toLines } from './characters.ts'
import { orderColumns } from './columns.ts'
import { readRightToLeft } from './right-to-left.ts'
import { isBroken, tidyWord } from './tidy-text.ts'

/** Where something is on a page as it is shown, in points from its upper left corner. */
export interface PlacedBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** A word, as it is seen. */
export interface PlacedWord {
  readonly text: string
  readonly box: PlacedBox
}

/** Words beside each other, without a wide gap between them, in the order in which they are read. */
export interface PlacedLine {
  readonly words: readonly PlacedWord[]
  readonly box: PlacedBox
  /** That of most of its letters, in points. */
  readonly fontSize: number
  readonly isBold: boolean
}

/** Lines below each other in letters of one size. */
export interface PlacedBlock {
  readonly lines: readonly PlacedLine[]
  readonly box: PlacedBox
}

/** What a page shows of itself, and how it is turned. */
export type PageView = Pick<SurveyedPage, 'shown' | 'turn'>

/** A gap that parts columns, as a share of the size of the letters. */
const WIDE_GAP = 1.5
/** One that does where nothing is written, on a page that writes the blanks between its words. */
const UNWRITTEN_GAP = 0.4

/** As far as lines of a block are from each other, and as much as their letters differ, as shares of the size of the letters. */
const MOST_LEADING = 0.75
const MOST_OVERLAP = 0.6
const MOST_DIFFERENCE = 0.12
/** What a distance may be of those before it, when the paragraph goes on. */
const MOST_GROWTH = 1.25

/** A line of a column of text is at least as wide, as a share of the size of its letters; cells of tables are narrower. */
const COLUMN_WIDTH = 12

const LIST_MARK = /^(?:\(?[\p{L}\d]{1,3}[.)]|[^\p{L}\d\s])$/u

/** So many blocks before the last may go on. */
const MOST_OPEN = 8

/** A page with letters. */
export interface LetteredPage extends PageView {
  readonly isBold: (character: Character) => boolean
}

/** Puts the letters of a page into words, lines and blocks, in the order in which they are read. */
export function placeLines(characters: readonly Character[], page: LetteredPage): PlacedBlock[] {
  const lines = orderColumns(toLines(characters))
  const turned = readRightToLeft(lines)
  const gap = writesBlanks(lines) ? UNWRITTEN_GAP : WIDE_GAP
  return toBlocks(lines.flatMap((line, index) => toPlacedLines(turned[index] ?? line, page, gap)))
}

/** Whether most blanks between words are on the page, as with most writers but those of TeX. */
function writesBlanks(lines: readonly (readonly Character[])[]): boolean {
  const blanks = lines.flatMap((line) => line.filter(isBlank))
  return blanks.filter(({ isMade }) => isMade).length * 2 < blanks.length
}

function isBlank({ isMade, text }: Character): boolean {
  return isMade || text.trim() === ''
}

/** A word that is not finished. */
interface Letters {
  readonly characters: Character[]
  /** Whether a blank stands before it that is on the page. */
  readonly isBehindBlank: boolean
}

/** @param unwritten - a gap that parts columns where nothing is written, as a share of the size of the letters */
function toPlacedLines(
  line: readonly Character[],
  page: LetteredPage,
  unwritten: number,
): PlacedLine[] {
  const words: Letters[] = []
  let isOpen = false
  let isBehindBlank = false
  for (const character of line) {
    if (isBlank(character)) {
      isOpen = false
      isBehindBlank ||= !character.isMade
    } else if (isOpen) words.at(-1)?.characters.push(character)
    else {
      words.push({ characters: [character], isBehindBlank })
      isOpen = true
      isBehindBlank = false
    }
    if (isBroken(character.text)) isOpen = false
  }
  const parts: Letters[][] = []
  let before: PlacedBox | undefined
  let goesOnBelow = false
  for (const word of words) {
    const box = boxOf(word.characters, page)
    const size = word.characters[0]?.fontSize ?? 0
    const isClose = word.isBehindBlank || isMark(parts.at(-1))
    const gap = size * (isClose ? WIDE_GAP : unwritten)
    const isBeside = before !== undefined && !isApart(before, box, gap)
    if (isBeside && !goesOnBelow) parts.at(-1)?.push(word)
    else parts.push([word])
    before = box
    goesOnBelow = isBroken(word.characters.at(-1)?.text ?? '')
  }
  return parts.flatMap((part) => toLine(part, page))
}

/** Whether words are but what an item of a list begins with. */
function isMark(words: readonly Letters[] | undefined): boolean {
  const [word, ...others] = words ?? []
  const text = word?.characters.map((each) => each.text).join('') ?? ''
  return others.length === 0 && LIST_MARK.test(text)
}

function toLine(words: readonly Letters[], page: LetteredPage): PlacedLine[] {
  const placed = words.flatMap(({ characters }): PlacedWord[] => {
    const text = tidyWord(characters.map((each) => each.text).join(''))
    return text === '' ? [] : [{ text, box: boxOf(characters, page) }]
  })
  const box = around(placed)
  if (box === undefined) return []
  const characters = words.flatMap((each) => each.characters)
  const isBold = someOf(characters).every((each) => page.isBold(each))
  return [{ words: placed, box, fontSize: usualSize(characters), isBold }]
}

/** The first, the last and the middle one: who asks them all takes as long as for all else. */
function someOf(characters: readonly Character[]): Character[] {
  const places = [0, characters.length >> 1, characters.length - 1]
  return places.flatMap((place) => characters[place] ?? [])
}

/** Whether two words of a line are so far from each other that they are two lines. */
function isApart(one: PlacedBox, other: PlacedBox, gap: number): boolean {
  const aside = Math.max(other.left - one.right, one.left - other.right)
  const above = Math.max(other.top - one.bottom, one.top - other.bottom)
  return Math.max(aside, above) > gap
}

function usualSize(characters: readonly Character[]): number {
  const counts = new Map<number, number>()
  for (const { fontSize } of characters) {
    const size = round(fontSize)
    counts.set(size, (counts.get(size) ?? 0) + 1)
  }
  return Array.from(counts).reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0]
}

/** A block that may go on. */
interface OpenBlock {
  readonly lines: PlacedLine[]
  /** How far its lines are from each other; undefined for a single one. */
  leading: number | undefined
}

function toBlocks(lines: readonly PlacedLine[]): PlacedBlock[] {
  const blocks: OpenBlock[] = []
  for (const line of lines) {
    const block = blocks
      .slice(-MOST_OPEN)
      .findLast((each, index, open) => goesOn(each, line, open.slice(index + 1)))
    const above = block?.lines.at(-1)
    if (block === undefined || above === undefined) {
      blocks.push({ lines: [line], leading: undefined })
    } else {
      block.leading ??= line.box.bottom - above.box.bottom
      block.lines.push(line)
    }
  }
  return blocks.flatMap(({ lines: own }) => {
    const box = around(own)
    return box === undefined ? [] : [{ lines: own, box }]
  })
}

/** @param since - the blocks that have begun since; it goes on behind them when all are columns of text */
function goesOn(
  { lines, leading }: OpenBlock,
  line: PlacedLine,
  since: readonly OpenBlock[],
): boolean {
  const above = lines.at(-1)
  if (above === undefined) return false
  const size = Math.max(above.fontSize, line.fontSize)
  if (Math.abs(above.fontSize - line.fontSize) > size * MOST_DIFFERENCE) return false
  const [one, other] = [above.box, line.box]
  const distance = other.top - one.bottom
  if (distance > size * MOST_LEADING || distance < -size * MOST_OVERLAP) return false
  if (leading !== undefined && other.bottom - one.bottom > leading * MOST_GROWTH) return false
  if (Math.min(one.right, other.right) <= Math.max(one.left, other.left)) return false
  if (since.length === 0) return true
  const boxes = since.map((each) => each.lines.at(-1)?.box ?? other)
  return [one, other, ...boxes].every(({ left, right }) => right - left > size * COLUMN_WIDTH)
}

function around(parts: readonly { readonly box: PlacedBox }[]): PlacedBox | undefined {
  const [first, ...others] = parts
  if (first === undefined) return undefined
  return others.reduce((whole, { box }) => join(whole, box), first.box)
}

function boxOf(characters: readonly Character[], page: PageView): PlacedBox {
  let [left, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  let [right, top] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const each of characters) {
    left = Math.min(left, each.left)
    right = Math.max(right, each.right)
    bottom = Math.min(bottom, each.bottom)
    top = Math.max(top, each.top)
  }
  const [x0, y0] = toShown(left, bottom, page)
  const [x1, y1] = toShown(right, top, page)
  return {
    left: round(Math.min(x0, x1)),
    top: round(Math.min(y0, y1)),
    right: round(Math.max(x0, x1)),
    bottom: round(Math.max(y0, y1)),
  }
}

/** A place of a page where it is shown: from the upper left, and turned. */
function toShown(x: number, y: number, { shown, turn }: PageView): readonly [number, number] {
  const [left, bottom, right, top] = shown
  if (turn === 90) return [y - bottom, x - left]
  if (turn === 180) return [right - x, y - bottom]
  if (turn === 270) return [top - y, right - x]
  return [x - left, top - y]
}

function join(one: PlacedBox, other: PlacedBox): PlacedBox {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  }
}

/** As finely as anybody measures. */
export function round(points: number): number {
  return Math.round(points * 100) / 100
}
