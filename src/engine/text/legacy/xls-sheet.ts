import type { Flow } from '../flow.ts'
import { createSheetRow } from '../sheet-row.ts'
import { GENERAL, writeNumber, writeText } from '../xlsx-number.ts'
import { createXlsCellReader, type XlsCell } from './xls-cells.ts'
import type { XlsGlobals } from './xls-globals.ts'
import { readRecords, withContinued, XLS_BEGIN, XLS_END } from './xls-records.ts'
import { readBoxText } from './xls-strings.ts'

/** Records of objects ([MS-XLS] 2.3), and of charts: their series, their titles, and the texts of both. */
const OBJECT = 0x5d
const BOX = 0x1b6
const SERIES = 0x1003
const SERIES_TEXT = 0x100d
const TITLE = 0x1025

/** Where a record of an object says what it is, and what a comment is. */
const OBJECT_KIND = 4
const COMMENT = 0x19

/**
 * Writes the text of a sheet: its cells, then the words of what lies on it, and the titles of its charts. Comments are no part of
 * it.
 *
 * @throws a `RangeError` when it is damaged
 */
export function readXlsSheet(stream: Buffer, start: number, globals: XlsGlobals, flow: Flow): void {
  const { strings, styles, from1904, readText } = globals
  const row = createSheetRow(flow)
  const cellsOf = createXlsCellReader(globals)
  const boxes: string[] = []
  let rowNumber = -1
  let depth = 0
  let isComment = false
  let isSeries = false

  function display({ value, style }: XlsCell): string | undefined {
    if (value === undefined) return undefined
    const format = styles[style] ?? GENERAL
    if (value.kind === 'number') return writeNumber(String(value.number), format, from1904)
    if (value.kind === 'shared') return writeText(strings[value.index]?.text ?? '', format)
    return value.kind === 'text' ? writeText(value.text, format) : value.text
  }

  for (const record of readRecords(stream, start)) {
    const { type, data } = record
    for (const cell of cellsOf(record)) {
      const text = display(cell)
      if (text === undefined) continue
      if (cell.row !== rowNumber) row.end()
      rowNumber = cell.row
      row.add(cell.column, text)
    }
    switch (type) {
      case XLS_BEGIN:
        depth += 1
        break
      case XLS_END:
        depth -= 1
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
