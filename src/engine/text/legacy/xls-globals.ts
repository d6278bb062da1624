import { corruptSource } from '../../../base/operation-error.ts'
import { addTo } from '../../../packages/limited-list.ts'
import { readCodePage } from '../../../sources/encoding/code-pages.ts'
import { decoderOf } from '../../../sources/encoding/decoder.ts'
import { type NumberFormat, readFormatCode, readFormatNumber } from '../xlsx-number.ts'
import { readRecords, withContinued } from './xls-records.ts'
import { readString, readXlsStrings } from './xls-strings.ts'

/** Records of a workbook ([MS-XLS] 2.3). */
const BEGIN = 0x809
const END = 0x0a
const DATE_MODE = 0x22
const CODE_PAGE = 0x42
const SHEET = 0x85
const CELL_FORMAT = 0xe0
const STRINGS = 0xfc
const NUMBER_FORMAT = 0x41e

/** The version of which strings are Unicode. */
const EXCEL_97 = 0x600

/** Sheets of cells and sheets of a chart; others have macros. */
const SHEET_KINDS: ReadonlySet<number> = new Set([0, 2])

/** What the sheets of a workbook have in common. */
export interface XlsGlobals {
  /** Where each sheet begins, in bytes, and what it is called. */
  readonly sheets: readonly { readonly start: number; readonly name: string }[]
  readonly strings: readonly string[]
  /** How the numbers of cells are displayed, by the style of the cell. */
  readonly styles: readonly NumberFormat[]
  readonly from1904: boolean
  /** Reads a string at a place of a record, of which so many bytes say how long it is. */
  readonly readText: (data: Buffer, at: number, countBytes: 1 | 2) => string
}

/** @throws {@link OperationError} or a `RangeError` when the workbook is damaged */
export function readXlsGlobals(stream: Buffer): XlsGlobals {
  if (stream.readUInt16LE(0) !== BEGIN) throw corruptSource('XLS')
  const isUnicode = stream.readUInt16LE(4) >= EXCEL_97
  let encoding = readCodePage(1252)
  let strings: readonly string[] = []
  let from1904 = false
  const sheets: { readonly start: number; readonly name: string }[] = []
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
    if (type === END) break
    if (type === CODE_PAGE) encoding = readCodePage(data.readUInt16LE(0))
    if (type === DATE_MODE) from1904 = data.readUInt16LE(0) === 1
    if (type === SHEET && SHEET_KINDS.has(data.readUInt8(5))) {
      addTo(sheets, { start: data.readUInt32LE(0), name: readText(data, 6, 1) })
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
  return { sheets, strings, styles, from1904, readText }
}
