import { type CellRange, MOST_COLUMNS } from '../../text/xlsx-places.ts'
import { moved } from '../drawing/moved.ts'
import type { Page, PageMark } from '../drawing/page.ts'
import { rectangle } from '../drawing/shapes.ts'
import { createConditions } from './apply-conditions.ts'
import type { CellTexts } from './cell-texts.ts'
import { drawCells } from './draw-cells.ts'
import { createLookBook, type LookBook } from './look-book.ts'
import { cutPages, type PageCut } from './page-cuts.ts'
import { drawPageEdges } from './page-edges.ts'
import type { PrintPlaces } from './print-setup.ts'
import type { SheetContents } from './sheet-contents.ts'
import { createGrid, PADDING, type SheetGrid } from './sheet-grid.ts'
import type { SheetObject } from './sheet-objects.ts'
import type { SheetTable } from './sheet-tables.ts'
import type { WorkbookStyles } from './workbook-styles.ts'

/** A sheet with all that is drawn of it. */
export interface DrawnSheet {
  readonly name: string
  readonly contents: SheetContents
  readonly tables: readonly SheetTable[]
  readonly styles: Pick<WorkbookStyles, 'looks' | 'changes' | 'usualFont'>
  readonly places: PrintPlaces
  /** Draws what lies on it, such as pictures and charts. */
  readonly drawObjects: (grid: SheetGrid) => Promise<readonly SheetObject[]>
  readonly from1904: boolean
}

/** As many texts are looked at for whether they reach beyond the last column, and as many columns further they are shown. */
const [MOST_REACHING, FARTHEST] = [300, 12]

/** What a sheet is drawn with. */
export interface SheetTools {
  readonly texts: CellTexts
  /** As many pages are made of it. */
  readonly most: number
}

/** Draws the pages of a sheet, none where nothing is on it. */
export async function drawSheet(
  sheet: DrawnSheet,
  { texts, most }: SheetTools,
): Promise<readonly Page[]> {
  const { contents, styles, places, from1904 } = sheet
  const [usual] = styles.looks
  if (usual === undefined) return []
  const book = createLookBook({ ...contents, tables: sheet.tables, looks: styles.looks }, usual)
  const grid = createGrid(contents, { usualFont: styles.usualFont, book, texts })
  const objects = await sheet.drawObjects(grid)
  const ranges = [...visibleRanges(contents, grid), ...objects.map(({ range }) => range)]
  if (ranges.length === 0) return []
  const used = findUsed(ranges, { contents, grid, book, texts })
  const { cuts, count } = cutPages(
    { grid, print: contents.print, places, used, shown: ranges },
    most,
  )
  const shownAt = createConditions(contents.conditions, contents.cells, styles.changes)
  const { showsZeros } = contents
  const cells = { contents, book, shownAt, texts, from1904, showsZeros }
  return cuts.map((cut, index) => ({
    ...cut.paper,
    marks: [
      placeOnPaper(cut, contents, [
        ...drawCells(cut, cells),
        ...drawObjects(objects, cut, grid, contents.isRightToLeft),
      ]),
      ...drawPageEdges(
        contents.print,
        cut,
        { sheet: sheet.name, page: index + 1, pages: count },
        { texts, font: styles.usualFont },
      ),
    ],
  }))
}

/** What lies on the cells of a page, where it is among them. */
function drawObjects(
  objects: readonly SheetObject[],
  cut: PageCut,
  { columns, rows }: SheetGrid,
  isRightToLeft: boolean,
): readonly PageMark[] {
  const [column, row] = [cut.columns.at(-1), cut.rows.at(-1)]
  if (column === undefined || row === undefined) return []
  const size = { width: sizeOf(cut.columns), height: sizeOf(cut.rows) }
  // What is repeated comes first, so that the last row and the last column tell where the page is on its sheet.
  const left = columns.startOf(column.index) - column.start
  const top = rows.startOf(row.index) - row.start
  return objects.flatMap(({ box, marks }) => {
    const x = box.x - left
    const y = box.y - top
    const isSeen = x < size.width && x + box.width > 0 && y < size.height && y + box.height > 0
    return isSeen ? [moved(marks, isRightToLeft ? size.width - x - box.width : x, y)] : []
  })
}

/** As many columns and rows a merged cell has that is shown in whole; what is merged further is merged to the end of a sheet. */
const MOST_MERGED = { columns: 100, rows: 1000 }

/** The cells that show something and are not hidden, each with those that are merged with it. */
function visibleRanges(
  { cells, merges }: SheetContents,
  { columns, rows }: SheetGrid,
): CellRange[] {
  const mergedAt = new Map(
    merges
      .filter(
        ({ top, bottom, left, right }) =>
          right - left < MOST_MERGED.columns && bottom - top < MOST_MERGED.rows,
      )
      .map((range) => [range.top * MOST_COLUMNS + range.left, range]),
  )
  return cells.flatMap(({ row, column }) => {
    if (columns.sizeOf(column) === 0 || rows.sizeOf(row) === 0) return []
    const merged = mergedAt.get(row * MOST_COLUMNS + column)
    return [merged ?? { top: row, bottom: row, left: column, right: column }]
  })
}

/** From the first cell of a sheet to the last that shows something, or that a text reaches into. */
function findUsed(
  ranges: readonly CellRange[],
  {
    contents,
    grid,
    book,
    texts,
  }: { contents: SheetContents; grid: SheetGrid; book: LookBook; texts: CellTexts },
): CellRange {
  const bottom = ranges.reduce((last, each) => Math.max(last, each.bottom), 0)
  const right = ranges.reduce((last, each) => Math.max(last, each.right), 0)
  let reached = right
  let left = MOST_REACHING
  const edge = grid.columns.startOf(right + 1)
  for (const { row, column, value } of contents.cells) {
    if (left === 0) break
    if (value?.kind !== 'text') continue
    const { alignment, font } = book.lookAt(row, column)
    const letters = value.runs.reduce((sum, { text }) => sum + text.length, 0)
    const start = grid.columns.startOf(column)
    // Few letters are wider than they are high.
    const mayReach = start + letters * font.size > edge
    const isOpen = alignment.horizontal === 'general' || alignment.horizontal === 'left'
    if (!mayReach || !isOpen || alignment.wraps || alignment.turned !== 0) continue
    if (book.cellsOf(row).some((other) => other.column > column && other.value !== undefined))
      continue
    left -= 1
    const { width } = texts.set(value.runs, font)
    const end = start + PADDING + width
    if (end > edge) reached = Math.max(reached, grid.columns.indexAt(end))
  }
  return { top: 0, left: 0, bottom, right: Math.min(reached, right + FARTHEST) }
}

/** Cells where they are on their paper, in their size. */
function placeOnPaper(
  cut: PageCut,
  { print, isRightToLeft }: Pick<SheetContents, 'print' | 'isRightToLeft'>,
  marks: readonly PageMark[],
): PageMark {
  const { paper, scale } = cut
  const { margins, isCentred } = print
  const width = sizeOf(cut.columns)
  const height = sizeOf(cut.rows)
  const slack = {
    x: paper.width - margins.left - margins.right - width * scale,
    y: paper.height - margins.top - margins.bottom - height * scale,
  }
  const across = isCentred.across ? slack.x / 2 : isRightToLeft ? slack.x : 0
  const x = margins.left + Math.max(0, across)
  const y = margins.top + (isCentred.down ? Math.max(0, slack.y / 2) : 0)
  // Lines at the edge are seen in whole, and text that reaches out of the last column up to the edge of the paper.
  const seen = {
    x: -2,
    y: -2,
    width: Math.max(width + 4, (paper.width - x) / scale),
    height: Math.max(0, Math.min(height + 4, (paper.height - y) / scale)),
  }
  return { kind: 'group', marks, matrix: [scale, 0, 0, scale, x, y], clip: rectangle(seen) }
}

function sizeOf(slots: PageCut['rows']): number {
  const last = slots.at(-1)
  return last ? last.start + last.size : 0
}
