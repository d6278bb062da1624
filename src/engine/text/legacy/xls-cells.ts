import type { XlsGlobals } from './xls-globals.ts'
import type { XlsRecord } from './xls-records.ts'

/** Records of a sheet that have cells ([MS-XLS] 2.3): with a value each, or with many; without one; the text of the formula before. */
const FORMULA = 0x06
const NUMBERS = 0xbd
const BLANKS = 0xbe
const RICH_TEXT = 0xd6
const SHARED_TEXT = 0xfd
const BLANK = 0x201
const NUMBER = 0x203
const TEXT = 0x204
const TRUTH_OR_ERROR = 0x205
const FORMULA_TEXT = 0x207
const SHORT_NUMBER = 0x27e

/** As bytes say them, and as they are displayed ([MS-XLS] 2.5.10). */
const ERRORS = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
])

/** A cell of a sheet. Rows and columns are counted from 0. */
export interface XlsCell {
  readonly row: number
  readonly column: number
  /** The number of its style. */
  readonly style: number
  /** What it is worth; undefined for one that only has a look. */
  readonly value: XlsValue | undefined
}

/** What a cell is worth; `shared` is the number of a text that cells share. */
export type XlsValue =
  | { readonly kind: 'shared'; readonly index: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'truth' | 'error'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }

/**
 * Makes what reads the cells of records, one record after the other; others have none. A formula whose text is in a record of its own
 * comes with that.
 *
 * What it makes throws a `RangeError` for a record that is damaged.
 */
export function createXlsCellReader({
  readText,
}: Pick<XlsGlobals, 'readText'>): (record: XlsRecord) => readonly XlsCell[] {
  /** The formula whose text comes in a record of its own. */
  let pending: XlsCell | undefined

  function readFormula(data: Buffer): readonly XlsCell[] {
    if (data.readUInt16LE(12) !== 0xffff) {
      return [withValue(data, { kind: 'number', number: data.readDoubleLE(6) })]
    }
    const kind = data.readUInt8(6)
    const isValue = kind === 1 || kind === 2
    const cell = withValue(data, isValue ? readTruth(data.readUInt8(8), kind === 2) : undefined)
    if (kind === 0) pending = cell
    return [cell]
  }

  return ({ type, data }) => {
    switch (type) {
      case SHARED_TEXT:
        return [withValue(data, { kind: 'shared', index: data.readUInt32LE(6) })]
      case TEXT:
      case RICH_TEXT:
        return [withValue(data, { kind: 'text', text: readText(data, 6, 2) })]
      case NUMBER:
        return [withValue(data, { kind: 'number', number: data.readDoubleLE(6) })]
      case SHORT_NUMBER:
        return [withValue(data, { kind: 'number', number: readShortNumber(data, 6) })]
      case NUMBERS:
        return readMany(data, 6, (at) => ({
          kind: 'number',
          number: readShortNumber(data, at + 2),
        }))
      case BLANK:
        return [withValue(data, undefined)]
      case BLANKS:
        return readMany(data, 2, () => undefined)
      case TRUTH_OR_ERROR:
        return [withValue(data, readTruth(data.readUInt8(6), data.readUInt8(7) === 1))]
      case FORMULA:
        return readFormula(data)
      case FORMULA_TEXT:
        return pending ? [{ ...pending, value: { kind: 'text', text: readText(data, 0, 2) } }] : []
      default:
        return []
    }
  }
}

function withValue(data: Buffer, value: XlsValue | undefined): XlsCell {
  const [row, column, style] = [data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4)]
  return { row, column, style, value }
}

/** The cells of a record with many, next to each other, each of which takes so many bytes. */
function readMany(
  data: Buffer,
  bytes: number,
  valueAt: (at: number) => XlsValue | undefined,
): readonly XlsCell[] {
  const [row, first] = [data.readUInt16LE(0), data.readUInt16LE(2)]
  const cells: XlsCell[] = []
  // Behind the last of them there is its column.
  for (let at = 4; at + bytes + 2 <= data.length; at += bytes) {
    const column = first + cells.length
    cells.push({ row, column, style: data.readUInt16LE(at), value: valueAt(at) })
  }
  return cells
}

/** A number in four bytes ([MS-XLS] 2.5.217): a whole one, or the upper bits of one with a fraction, perhaps in hundredths. */
function readShortNumber(data: Buffer, at: number): number {
  const bits = data.readInt32LE(at)
  const isWhole = (bits & 2) > 0
  const isHundredths = (bits & 1) > 0
  const double = Buffer.alloc(8)
  double.writeInt32LE(bits & ~3, 4)
  const value = isWhole ? bits >> 2 : double.readDoubleLE(0)
  return isHundredths ? value / 100 : value
}

function readTruth(value: number, isError: boolean): XlsValue {
  if (isError) return { kind: 'error', text: ERRORS.get(value) ?? '' }
  return { kind: 'truth', text: value === 1 ? 'TRUE' : 'FALSE' }
}
