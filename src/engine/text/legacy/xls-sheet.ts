import type { Flow } from '../flow.ts'
import { createSheetRow } from '../sheet-row.ts'
import { GENERAL, writeNumber, writeText } from '../xlsx-number.ts'
import type { XlsGlobals } from './xls-globals.ts'
import { readRecords, withContinued } from './xls-records.ts'
import { readBoxText } from './xls-strings.ts'

/** Records of a sheet ([MS-XLS] 2.3): cells with a value each, or with many; the text of the formula before, and objects. */
const FORMULA = 0x06
const END = 0x0a
const OBJECT = 0x5d
const NUMBERS = 0xbd
const RICH_TEXT = 0xd6
const SHARED_TEXT = 0xfd
const BOX = 0x1b6
const NUMBER = 0x203
const TEXT = 0x204
const TRUTH_OR_ERROR = 0x205
const FORMULA_TEXT = 0x207
const SHORT_NUMBER = 0x27e
const BEGIN = 0x809
/** Of a chart: its series, its titles, and the texts of both. */
const SERIES = 0x1003
const SERIES_TEXT = 0x100d
const TITLE = 0x1025

/** Where a record of an object says what it is, and what a comment is. */
const OBJECT_KIND = 4
const COMMENT = 0x19

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

/**
 * Writes the text of a sheet: its cells, then the words of what lies on it, and the titles of its charts. Comments are no part of
 * it.
 *
 * @throws a `RangeError` when it is damaged
 */
export function readXlsSheet(stream: Buffer, start: number, globals: XlsGlobals, flow: Flow): void {
  const { strings, styles, from1904, readText } = globals
  const row = createSheetRow(flow)
  const boxes: string[] = []
  let rowNumber = -1
  /** The cell whose text is in a record of its own, and its style. */
  let pending = { column: 0, style: 0 }
  let depth = 0
  let isComment = false
  let isSeries = false

  function add(data: Buffer, text: string, column = data.readUInt16LE(2)): void {
    const number = data.readUInt16LE(0)
    if (number !== rowNumber) row.end()
    rowNumber = number
    row.add(column, text)
  }

  const display = (value: number, style: number): string =>
    writeNumber(String(value), styles[style] ?? GENERAL, from1904)

  const displayText = (text: string, style: number): string =>
    writeText(text, styles[style] ?? GENERAL)

  function addNumbers(data: Buffer): void {
    const first = data.readUInt16LE(2)
    for (let at = 4; at + 8 <= data.length; at += 6) {
      const text = display(readShortNumber(data, at + 2), data.readUInt16LE(at))
      add(data, text, first + (at - 4) / 6)
    }
  }

  function addFormula(data: Buffer): void {
    if (data.readUInt16LE(12) !== 0xffff) {
      return add(data, display(data.readDoubleLE(6), data.readUInt16LE(4)))
    }
    const kind = data.readUInt8(6)
    if (kind === 0) pending = { column: data.readUInt16LE(2), style: data.readUInt16LE(4) }
    add(data, kind === 1 || kind === 2 ? readTruth(data.readUInt8(8), kind === 2) : '')
  }

  for (const record of readRecords(stream, start)) {
    const { type, data } = record
    switch (type) {
      case BEGIN:
        depth += 1
        break
      case END:
        depth -= 1
        break
      case SHARED_TEXT:
        add(data, displayText(strings[data.readUInt32LE(6)] ?? '', data.readUInt16LE(4)))
        break
      case TEXT:
      case RICH_TEXT:
        add(data, displayText(readText(data, 6, 2), data.readUInt16LE(4)))
        break
      case NUMBER:
        add(data, display(data.readDoubleLE(6), data.readUInt16LE(4)))
        break
      case SHORT_NUMBER:
        add(data, display(readShortNumber(data, 6), data.readUInt16LE(4)))
        break
      case NUMBERS:
        addNumbers(data)
        break
      case TRUTH_OR_ERROR:
        add(data, readTruth(data.readUInt8(6), data.readUInt8(7) === 1))
        break
      case FORMULA:
        addFormula(data)
        break
      case FORMULA_TEXT:
        row.add(pending.column, displayText(readText(data, 0, 2), pending.style))
        break
      case OBJECT:
        isComment = data.readUInt16LE(OBJECT_KIND) === COMMENT
        break
      case BOX: {
        const characters = data.readUInt16LE(10)
        if (isComment || characters === 0) break
        boxes.push(readBoxText(withContinued(stream, record).slice(1), characters))
        break
      }
      case SERIES:
      case TITLE:
        isSeries = type === SERIES
        break
      case SERIES_TEXT:
        if (!isSeries) boxes.push(readText(data, 2, 1))
        break
    }
    if (depth <= 0) break
  }
  row.end()
  for (const box of boxes) flow.lines(box)
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

function readTruth(value: number, isError: boolean): string {
  if (isError) return ERRORS.get(value) ?? ''
  return value === 1 ? 'TRUE' : 'FALSE'
}
