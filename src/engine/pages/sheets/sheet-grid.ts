import { type CellRange, MOST_COLUMNS, MOST_ROWS } from '../../text/xlsx-places.ts'
import type { CellFont } from './cell-look.ts'
import type { CellTexts } from './cell-texts.ts'
import type { LookBook } from './look-book.ts'
import { digitOf, MOST_HEIGHT, MOST_WIDTH } from './measures.ts'
import type { LineFormat, SheetContents } from './sheet-contents.ts'
import { createSheetLines, type SheetLines } from './sheet-lines.ts'

/** Where the cells of a sheet are. */
export interface SheetGrid {
  readonly columns: SheetLines
  readonly rows: SheetLines
}

/** What of a sheet its grid is made of. */
export type GridContents = Pick<
  SheetContents,
  'cells' | 'rows' | 'columns' | 'merges' | 'usualWidth' | 'usualHeight' | 'hidesRows'
>

/** As many texts of several lines are measured for the height of their rows. */
const MOST_MEASURED = 3000

/** Between the edges of a cell and its text, at both sides together, in points. */
export const PADDING = 3.5

/** Finds out how wide the columns of a sheet are, and how high its rows. */
export function createGrid(
  contents: GridContents,
  { usualFont, book, texts }: { usualFont: CellFont; book: LookBook; texts: CellTexts },
): SheetGrid {
  const lastRow = contents.cells.reduce((most, { row }) => Math.max(most, row), -1)
  const lastColumn = contents.cells.reduce((most, { column }) => Math.max(most, column), -1)

  const usualWidth = Math.min(MOST_WIDTH, contents.usualWidth)
  const widths = new Float64Array(toCount(contents.columns, lastColumn, MOST_COLUMNS))
  widths.fill(usualWidth)
  for (const { first, last, size = usualWidth, isHidden } of contents.columns) {
    widths.fill(isHidden ? 0 : Math.min(MOST_WIDTH, size), first, last + 1)
  }
  const columns = createSheetLines(widths, usualWidth)

  const usualHeight = Math.min(MOST_HEIGHT, contents.usualHeight ?? texts.lineOf(usualFont))
  const usual = contents.hidesRows ? 0 : usualHeight
  const heights = new Float64Array(toCount(contents.rows, lastRow, MOST_ROWS)).fill(usual)
  const measured = createRowMeasure(contents.merges, { columns, usualHeight, book, texts })
  for (const row of new Set(contents.cells.map((cell) => cell.row))) {
    heights[row] = measured(row)
  }
  for (const { first, last, size, isHidden } of contents.rows) {
    if (isHidden) heights.fill(0, first, last + 1)
    else if (size !== undefined) heights.fill(Math.min(MOST_HEIGHT, size), first, last + 1)
  }
  return { columns, rows: createSheetLines(heights, usual) }
}

/** Rows or columns that say nothing behind the last with a cell are as any other. */
function toCount(lines: readonly LineFormat[], last: number, most: number): number {
  const said = lines.reduce((end, line) => Math.max(end, line.last), -1)
  return Math.min(most, Math.max(last, said) + 1)
}

/** Makes what tells how high a row is that does not say it itself, by what is in it. */
function createRowMeasure(
  merges: readonly CellRange[],
  {
    columns,
    usualHeight,
    book,
    texts,
  }: { columns: SheetLines; usualHeight: number; book: LookBook; texts: CellTexts },
): (row: number) => number {
  const mergedAt = new Map(merges.map((range) => [range.top * MOST_COLUMNS + range.left, range]))
  let left = MOST_MEASURED
  return (row) => {
    let height = usualHeight
    for (const { column, value } of book.cellsOf(row)) {
      const merged = mergedAt.get(row * MOST_COLUMNS + column)
      if (value === undefined || (merged && merged.bottom > row)) continue
      const { font, alignment } = book.lookAt(row, column)
      height = Math.max(height, texts.lineOf(font))
      if (merged || !alignment.wraps || value.kind !== 'text' || alignment.turned !== 0) continue
      const width = columns.sizeOf(column) - PADDING
      const letters = value.runs.reduce((sum, { text }) => sum + text.length, 0)
      const mayBreak =
        letters * font.size * digitOf(font.family) > width * 0.8 ||
        value.runs.some(({ text }) => text.includes('\n'))
      if (!mayBreak || left === 0 || width <= 0) continue
      left -= 1
      height = Math.max(height, texts.set(value.runs, font, { width }).height)
    }
    return Math.min(MOST_HEIGHT, height)
  }
}
