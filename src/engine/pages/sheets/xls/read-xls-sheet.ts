import { createXlsCellReader, type XlsCell } from '../../../text/legacy/xls-cells.ts'
import type { XlsGlobals } from '../../../text/legacy/xls-globals.ts'
import { readRecords, XLS_BEGIN, XLS_END } from '../../../text/legacy/xls-records.ts'
import type { CellRange } from '../../../text/xlsx-places.ts'
import type { PrintElements } from '../print-setup.ts'
import type { LineFormat, SheetContents } from '../sheet-contents.ts'
import { bits } from './cell-elements.ts'
import {
  readConditionedRanges,
  readRanges,
  readXlsCondition,
  type XlsCondition,
} from './xls-conditions.ts'
import { createDrawingReader, type XlsDrawing } from './xls-drawing.ts'

/** Records of a sheet ([MS-XLS] 2.3). */
const HEADER = 0x14
const FOOTER = 0x15
const COLUMN_BREAKS = 0x1a
const ROW_BREAKS = 0x1b
const MARGINS = new Map([
  [0x26, 'left'],
  [0x27, 'right'],
  [0x28, 'top'],
  [0x29, 'bottom'],
])
const USUAL_COLUMN = 0x55
const COLUMNS = 0x7d
const FLAGS = 0x81
const CENTRED_ACROSS = 0x83
const CENTRED_DOWN = 0x84
const EXACT_COLUMN = 0x99
const SETUP = 0xa1
const MERGED = 0xe5
const CONDITIONED = 0x1b0
const CONDITION = 0x1b1
const ROW = 0x208
const USUAL_ROW = 0x225
const WINDOW = 0x23e

/** As many cells are kept of a sheet: all that it can have in most of its rows. */
const MOST_CELLS = 200_000

/** As many rows that say something of themselves, columns, merged cells, conditions and breaks. */
const MOST_LISTED = 50_000
const MOST_CONDITIONS = 500

/** As many columns a sheet has. */
const MOST_COLUMNS = 256

/** Letters of a column are counted in such parts. */
const LETTER = 256

/** What a column has at its edges besides its letters, in letters. */
const EDGES = 5 / 7

/** Twentieths of a point. */
const TWIPS = 20

/** A sheet as its records have it; widths are in letters. */
export interface XlsSheetContents extends Pick<
  SheetContents,
  'rows' | 'columns' | 'merges' | 'usualHeight' | 'hidesRows'
> {
  readonly cells: readonly XlsCell[]
  readonly usualLetters: number | undefined
  readonly conditions: readonly XlsCondition[]
  readonly showsGrid: boolean
  readonly showsZeros: boolean
  readonly isRightToLeft: boolean
  readonly print: PrintElements
  readonly drawing: XlsDrawing
}

/**
 * Reads a sheet of a workbook of 1993 to 2003. Of what is more than pages show, the beginning is kept.
 *
 * @param start - where it begins in the stream, in bytes
 * @throws a `RangeError` when it is damaged
 */
export function readXlsSheet(stream: Buffer, start: number, globals: XlsGlobals): XlsSheetContents {
  const { isUnicode, readText } = globals
  const cellsOf = createXlsCellReader(globals)
  const drawing = createDrawingReader(stream, globals)
  const cells = new Map<number, XlsCell>()
  const rows: LineFormat[] = []
  const columns: LineFormat[] = []
  const merges: CellRange[] = []
  const conditions: XlsCondition[] = []
  const breaks = { row: new Array<number>(), column: new Array<number>() }
  const margins: Record<string, string> = {}
  const setup: Record<string, string> = {}
  const centred: Record<string, string> = {}
  const texts = { header: '', footer: '' }
  let usualTwips: number | undefined
  let hidesRows = false
  let usualLetters: number | undefined
  let isFitted = false
  let window = 0x12
  let ranges: readonly CellRange[] = []
  let depth = 0

  function addColumns(data: Buffer): void {
    const first = Math.max(data.readUInt16LE(0), (columns.at(-1)?.last ?? -1) + 1)
    const last = Math.min(MOST_COLUMNS - 1, data.readUInt16LE(2))
    if (first > last || columns.length >= MOST_LISTED) return
    columns.push({
      first,
      last,
      size: data.readUInt16LE(4) / LETTER,
      isHidden: bits(data.readUInt16LE(8), 0, 1) > 0,
      look: data.readUInt16LE(6),
    })
  }

  function addRow(data: Buffer): void {
    if (rows.length >= MOST_LISTED) return
    const [row, height] = [data.readUInt16LE(0), data.readUInt16LE(6)]
    const flags = data.readUInt16LE(12)
    // Programs that lay nothing out leave rows as they are by default, whatever is in them.
    const isUsual = bits(height, 0, 15) === usualTwips && bits(flags, 6, 1) === 0
    const isMeasured = bits(height, 15, 1) > 0 || isUsual
    rows.push({
      first: row,
      last: row,
      size: isMeasured ? undefined : bits(height, 0, 15) / TWIPS,
      isHidden: bits(flags, 5, 1) > 0,
      look: bits(flags, 7, 1) > 0 ? bits(data.readUInt16LE(14), 0, 12) : undefined,
    })
  }

  function addBreaks(list: number[], data: Buffer): void {
    const bytes = isUnicode ? 6 : 2
    for (let at = 2; at + bytes <= data.length && list.length < MOST_LISTED; at += bytes) {
      const before = data.readUInt16LE(at)
      if (before > 0) list.push(before)
    }
  }

  function addCondition(data: Buffer): void {
    if (conditions.length >= MOST_CONDITIONS) return
    const read = readXlsCondition(data, ranges, conditions.length)
    if (read) conditions.push(read)
  }

  function readSetup(data: Buffer): void {
    const flags = data.readUInt16LE(10)
    const isSaid = bits(flags, 2, 1) === 0
    setup['pageOrder'] = bits(flags, 0, 1) > 0 ? 'overThenDown' : 'downThenOver'
    setup['fitToWidth'] = String(data.readUInt16LE(6))
    setup['fitToHeight'] = String(data.readUInt16LE(8))
    margins['header'] = String(data.readDoubleLE(16))
    margins['footer'] = String(data.readDoubleLE(24))
    if (!isSaid) return
    setup['paperSize'] = String(data.readUInt16LE(0))
    setup['scale'] = String(data.readUInt16LE(2))
    const isUpright = bits(flags, 1, 1) > 0 || bits(flags, 6, 1) > 0
    setup['orientation'] = isUpright ? 'portrait' : 'landscape'
  }

  function readSettings(type: number, data: Buffer): void {
    const margin = MARGINS.get(type)
    if (margin !== undefined) margins[margin] = String(data.readDoubleLE(0))
    switch (type) {
      case HEADER:
      case FOOTER:
        if (data.length > 1) {
          texts[type === HEADER ? 'header' : 'footer'] = readText(data, 0, isUnicode ? 2 : 1)
        }
        break
      case ROW_BREAKS:
        addBreaks(breaks.row, data)
        break
      case COLUMN_BREAKS:
        addBreaks(breaks.column, data)
        break
      case USUAL_COLUMN:
        // Eight is what columns have that say nothing.
        if (data.readUInt16LE(0) !== 8) usualLetters ??= data.readUInt16LE(0) + EDGES
        break
      case EXACT_COLUMN:
        usualLetters = data.readUInt16LE(0) / LETTER
        break
      case COLUMNS:
        addColumns(data)
        break
      case FLAGS:
        isFitted = bits(data.readUInt16LE(0), 8, 1) > 0
        break
      case CENTRED_ACROSS:
        centred['horizontalCentered'] = String(data.readUInt16LE(0))
        break
      case CENTRED_DOWN:
        centred['verticalCentered'] = String(data.readUInt16LE(0))
        break
      case SETUP:
        readSetup(data)
        break
      case MERGED:
        merges.push(
          ...readRanges(data, 2, Math.min(data.readUInt16LE(0), MOST_LISTED - merges.length)),
        )
        break
      case CONDITIONED:
        ranges = readConditionedRanges(data)
        break
      case CONDITION:
        addCondition(data)
        break
      case ROW:
        addRow(data)
        break
      case USUAL_ROW:
        hidesRows = bits(data.readUInt16LE(0), 1, 1) > 0
        usualTwips = data.readUInt16LE(2)
        break
      case WINDOW:
        window = data.readUInt16LE(0)
        break
    }
  }

  for (const record of readRecords(stream, start)) {
    const { type, data } = record
    if (type === XLS_BEGIN) depth += 1
    if (type === XLS_END) depth -= 1
    if (depth <= 0) break
    drawing.read(record, depth)
    // What is deeper is a chart that lies on the sheet.
    if (depth > 1) continue
    for (const cell of cellsOf(record)) {
      if (cell.column >= MOST_COLUMNS) continue
      // The text of a formula comes behind what it has before.
      const place = cell.row * MOST_COLUMNS + cell.column
      if (cells.size < MOST_CELLS || cells.has(place)) cells.set(place, cell)
    }
    readSettings(type, data)
  }
  return {
    cells: Array.from(cells.values()),
    rows: rows.toSorted((one, other) => one.first - other.first),
    columns,
    merges,
    conditions,
    usualHeight: usualTwips === undefined ? undefined : usualTwips / TWIPS,
    usualLetters,
    hidesRows,
    showsGrid: bits(window, 1, 1) > 0,
    showsZeros: bits(window, 4, 1) > 0,
    isRightToLeft: bits(window, 6, 1) > 0,
    print: {
      pageSetup: setup,
      pageMargins: margins,
      pageSetUpPr: { fitToPage: isFitted ? '1' : '0' },
      printOptions: centred,
      rowBreaks: breaks.row,
      columnBreaks: breaks.column,
      ...texts,
    },
    drawing: drawing.drawing,
  }
}
