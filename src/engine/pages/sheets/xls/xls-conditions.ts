import type { CellRange } from '../../../text/xlsx-places.ts'
import type { Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import type { SheetCondition } from '../conditions.ts'
import { bits, colourElement, fillElement, flagElement, lineElement } from './cell-elements.ts'
import { readConstant } from './xls-formulas.ts'

/** More ranges than anybody lists. */
const MOST_RANGES = 1000

/** The cells of conditions that follow ([MS-XLS] 2.4.56). */
export function readConditionedRanges(data: Buffer): readonly CellRange[] {
  const count = Math.min(MOST_RANGES, data.readUInt16LE(12))
  return readRanges(data, 14, count)
}

/** Ranges of cells, as many as there are of those that are told. */
export function readRanges(data: Buffer, from: number, count: number): readonly CellRange[] {
  const ranges: CellRange[] = []
  for (let at = from; at + 8 <= data.length && ranges.length < count; at += 8) {
    const [top, bottom, left, right] = [0, 2, 4, 6].map((by) => data.readUInt16LE(at + by))
    if (top === undefined || bottom === undefined || left === undefined || right === undefined)
      break
    if (bottom >= top && right >= left) ranges.push({ top, bottom, left, right })
  }
  return ranges
}

/** What is asked by their numbers ([MS-XLS] 2.4.42), as an XLSX calls it. */
const OPERATORS =
  'none between notBetween equal notEqual greaterThan lessThan greaterThanOrEqual lessThanOrEqual'.split(
    ' ',
  )

/** Conditions about the value of a cell; others are formulas. */
const ABOUT_VALUE = 1

/** Which parts of a look follow, each of a size in bytes ([MS-XLS] 2.5.92). */
const PARTS = [
  ['format', 25, 2],
  ['font', 26, 118],
  ['alignment', 27, 8],
  ['border', 28, 8],
  ['fill', 29, 4],
  ['protection', 30, 2],
] as const

/** A condition, and what it changes, as an XLSX has that. */
export interface XlsCondition {
  readonly condition: Omit<SheetCondition, 'change'>
  readonly change: Element
}

/** Reads a condition; undefined for one that would have to be computed. */
export function readXlsCondition(
  data: Buffer,
  ranges: readonly CellRange[],
  priority: number,
): XlsCondition | undefined {
  if (data.readUInt8(0) !== ABOUT_VALUE) return undefined
  const [first, second] = [data.readUInt16LE(2), data.readUInt16LE(4)]
  const flags = data.readUInt32LE(6)
  const end = data.length - second
  const formulas = [data.subarray(Math.max(0, end - first), end), data.subarray(end)]
  return {
    condition: {
      cells: { ranges },
      type: 'cellIs',
      operator: OPERATORS[data.readUInt8(1)] ?? '',
      priority,
      text: '',
      formulas: formulas.map(readConstant),
      rank: 10,
      isBottom: false,
      isPercent: false,
      isBelowAverage: false,
      points: [],
      colours: [],
    },
    change: makeElement('dxf', {}, readChange(data.subarray(12, end - first), flags)),
  }
}

function readChange(data: Buffer, flags: number): readonly Element[] {
  const elements: Element[] = []
  let at = 0
  for (const [name, bit, size] of PARTS) {
    if (bits(flags, bit, 1) === 0) continue
    const part = data.subarray(at, at + size)
    at += size
    if (part.length < size) break
    if (name === 'font') elements.push(readFont(part))
    if (name === 'border') elements.push(readBorder(part))
    if (name === 'fill') elements.push(readFill(part, flags))
  }
  return elements
}

/** What of the letters stays as it is. */
const NOT_CHANGED = { style: 0x02, strike: 0x80 }
const NOTHING = 0xffff_ffff

function readFont(part: Buffer): Element {
  const flags = part.readUInt32LE(68)
  const kept = part.readUInt32LE(88)
  const colour = part.readUInt32LE(80)
  return makeElement('font', {}, [
    ...((kept & NOT_CHANGED.style) > 0
      ? []
      : [flagElement('b', part.readUInt16LE(72) >= 600), flagElement('i', (flags & 0x02) > 0)]),
    ...((kept & NOT_CHANGED.strike) > 0 ? [] : [flagElement('strike', (flags & 0x80) > 0)]),
    ...(part.readUInt32LE(96) > 0
      ? []
      : [makeElement('u', { val: part.readUInt8(76) === 0 ? 'none' : 'single' })]),
    ...(colour === NOTHING ? [] : [colourElement('color', colour)]),
  ])
}

function readBorder(part: Buffer): Element {
  const [kinds, colours, more] = [part.readUInt16LE(0), part.readUInt16LE(2), part.readUInt16LE(4)]
  return makeElement('border', {}, [
    lineElement('left', bits(kinds, 0, 4), bits(colours, 0, 7)),
    lineElement('right', bits(kinds, 4, 4), bits(colours, 7, 7)),
    lineElement('top', bits(kinds, 8, 4), bits(more, 0, 7)),
    lineElement('bottom', bits(kinds, 12, 4), bits(more, 7, 7)),
  ])
}

/** Which flags say that a pattern and its colours stay as they are. */
const KEPT = { pattern: 16, front: 17, back: 18 }

const SOLID = 1

function readFill(part: Buffer, flags: number): Element {
  const keeps = (bit: number): boolean => bits(flags, bit, 1) > 0
  const colours = part.readUInt16LE(2)
  const pattern = keeps(KEPT.pattern) ? SOLID : bits(part.readUInt16LE(0), 10, 6)
  const front = keeps(KEPT.front) ? undefined : bits(colours, 0, 7)
  const back = keeps(KEPT.back) ? undefined : bits(colours, 7, 7)
  // What is solid has its colour in the background here.
  return fillElement(pattern, front ?? back ?? 0, back ?? front ?? 0)
}
