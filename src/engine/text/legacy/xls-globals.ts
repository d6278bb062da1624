import { corruptSource } from '../../../base/operation-error.ts'
import { addTo } from '../../../packages/limited-list.ts'
import { readCodePage } from '../../../sources/encoding/code-pages.ts'
import { decoderOf } from '../../../sources/encoding/decoder.ts'
import { type NumberFormat, readFormatCode, readFormatNumber } from '../xlsx-number.ts'
import { readRecords, withContinued, XLS_BEGIN, XLS_END } from './xls-records.ts'
import { readString, readXlsStrings, type XlsString } from './xls-strings.ts'

/** Records of a workbook ([MS-XLS] 2.3). */
const DATE_MODE = 0x22
const CODE_PAGE = 0x42
const SHEET = 0x85
const CELL_FORMAT = 0xe0
const STRINGS = 0xfc
const NUMBER_FORMAT = 0x41e

/** The version of which strings are Unicode. */
const EXCEL_97 = 0x600

/** Sheets of cells and sheets of a chart; others have macros. */
const CELLS_KIND = 0
const CHART_KIND = 2

/** Where a sheet is in a workbook, and what it is. */
export interface XlsSheet {
  /** Where it begins, in bytes. */
  readonly start: number
  readonly name: string
  /** Which sheet it is, those with macros included, counted from 0. */
  readonly index: number
  readonly isHidden: boolean
  readonly isChart: boolean
}

/** What the sheets of a workbook have in common. */
export interface XlsGlobals {
  readonly sheets: readonly XlsSheet[]
  readonly strings: readonly XlsString[]
  /** How the numbers of cells are displayed, by the style of the cell. */
  readonly styles: readonly NumberFormat[]
  readonly from1904: boolean
  /** Whether it is of Excel 97 and later; records of those before are others. */
  readonly isUnicode: boolean
  /** Reads a string at a place of a record, of which so many bytes say how long it is. */
  readonly readText: (data: Buffer, at: number, countBytes: 1 | 2) => string
}

/** @throws {@link OperationError} or a `RangeError` when the workbook is damaged */
export function readXlsGlobals(stream: Buffer): XlsGlobals {
  if (stream.readUInt16LE(0) !== XLS_BEGIN) throw corruptSource('XLS')
  const isUnicode = stream.readUInt16LE(4) >= EXCEL_97
  let encoding = readCodePage(1252)
  let strings: readonly XlsString[] = []
  let from1904 = false
  const sheets: XlsSheet[] = []
  let index = 0
  const codes = new Map<number, Buffer>()
  const formats: number[] = []

  function readText(data: Buffer, at: number, countBytes: 1 | 2): string {
    if (isUnicode) return readString(data, at, countBytes)
    const start = at + countBytes
    const bytes = data.subarray(start, start + data.readUIntLE(at, countBytes))
    return decoderOf(encoding).decode(bytes)
  }

  for (const record of readRecords(stream, 0)) {
    const { type, data } = record
    if (type === XLS_END) break
    if (type === CODE_PAGE) encoding = readCodePage(data.readUInt16LE(0))
    if (type === DATE_MODE) from1904 = data.readUInt16LE(0) === 1
    if (type === SHEET) {
      const kind = data.readUInt8(5)
      const place = { start: data.readUInt32LE(0), index, isHidden: data.readUInt8(4) > 0 }
      if (kind === CELLS_KIND || kind === CHART_KIND) {
        addTo(sheets, { ...place, name: readText(data, 6, 1), isChart: kind === CHART_KIND })
      }
      index += 1
    }
    if (type === NUMBER_FORMAT) codes.set(data.readUInt16LE(0), data)
    if (type === CELL_FORMAT) addTo(formats, data.readUInt16LE(2))
    if (type === STRINGS) strings = readXlsStrings(withContinued(stream, record))
  }
  const byNumber = new Map(
    Array.from(codes, ([number, data]) => [
      number,
      readFormatCode(readText(data, 2, isUnicode ? 2 : 1)),
    ]),
  )
  const styles = formats.map((number) => byNumber.get(number) ?? readFormatNumber(number))
  return { sheets, strings, styles, from1904, isUnicode, readText }
}
