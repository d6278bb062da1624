import type { CellRange } from '../../text/xlsx-places.ts'
import type { PrintPlaces, PrintSetup } from './print-setup.ts'
import type { SheetGrid } from './sheet-grid.ts'
import type { SheetLines } from './sheet-lines.ts'

/** What of a sheet is on a page, and how large. Lengths are in points. */
export interface PageCut {
  readonly paper: { readonly width: number; readonly height: number }
  readonly scale: number
  /** What is repeated on each page comes first. */
  readonly rows: readonly Slot[]
  readonly columns: readonly Slot[]
}

/** A row or a column of a page, and where on it before it is scaled. */
export interface Slot {
  readonly index: number
  readonly start: number
  readonly size: number
}

/** Rows or columns that follow each other. */
interface Span {
  readonly first: number
  readonly last: number
}

/** As small as cells become that nobody asked to fit: letters of 11 points can still be read. */
const LEAST_READABLE = 0.5

/** How much smaller cells become before the paper is turned. */
const LEAST_UPRIGHT = 0.8

/** As Excel, which fits nothing further. */
const LEAST_SCALE = 0.1

/** How often the scale is tried until pages are as few as they have to be, and by how much it is smaller each time. */
const FITTING = { times: 40, step: 0.95 }

/** As many rows, or columns, are on a page. */
const MOST_SLOTS = 4000

/** As many pages are told apart of a sheet. */
const MOST_PAGES = 100_000

/** What is lower or narrower is not seen, in points. */
const LEAST_SIZE = 0.3

/** What pages are cut of. */
export interface CutSheet {
  readonly grid: SheetGrid
  readonly print: PrintSetup
  readonly places: PrintPlaces
  /** All that is used. */
  readonly used: CellRange
  /** The parts of a sheet that show something, each as the cells that it is in. */
  readonly shown: readonly CellRange[]
}

/** The first pages of a sheet, and how many there are in all. */
export interface CutPages {
  readonly cuts: readonly PageCut[]
  readonly count: number
}

/**
 * Cuts a sheet into pages as Excel does, down first or across as it is set; pages that show nothing are left out. A sheet that says
 * nothing of paper is on one page across, upright or turned, as long as its letters can be read.
 *
 * @param most - pages
 */
export function cutPages(sheet: CutSheet, most: number): CutPages {
  const { areas } = sheet.places
  const cut = (areas.length > 0 ? areas : [sheet.used]).map((area) => cutArea(sheet, area))
  const first = cut.flatMap(({ pages, toCut }) => pages.slice(0, most).map(toCut))
  return {
    cuts: first.slice(0, most),
    count: cut.reduce((sum, { pages }) => sum + pages.length, 0),
  }
}

/** The pages of an area, as the numbers of their columns and rows, and what makes each of them. */
interface CutArea {
  readonly pages: readonly PageNumber[]
  readonly toCut: (page: PageNumber) => PageCut
}

type PageNumber = readonly [column: number, row: number]

function cutArea({ grid, print, places, used, shown }: CutSheet, area: CellRange): CutArea {
  // Of whole columns and rows only what is used.
  const columns = { first: area.left, last: Math.min(area.right, Math.max(area.left, used.right)) }
  const rows = { first: area.top, last: Math.min(area.bottom, Math.max(area.top, used.bottom)) }
  const { titleColumns, titleRows } = places
  const titles = {
    columns: titleOf(titleColumns && { first: titleColumns.left, last: titleColumns.right }),
    rows: titleOf(titleRows && { first: titleRows.top, last: titleRows.bottom }),
  }
  const size = { wide: sizeOf(grid.columns, columns), high: sizeOf(grid.rows, rows) }
  const { paper, scale } = choosePaper(print, size)
  const cutAt = (factor: number) => {
    const room = roomOf(paper, print, factor)
    const across = { room: room.width, breaks: print.columnBreaks, title: titles.columns }
    const down = { room: room.height, breaks: print.rowBreaks, title: titles.rows }
    return {
      columns: cutLines(grid.columns, columns, across),
      rows: cutLines(grid.rows, rows, down),
    }
  }
  const { wide, high } = print.fit ?? { wide: 0, high: 0 }
  const fits = (cut: ReturnType<typeof cutAt>): boolean =>
    (wide === 0 || cut.columns.length <= wide) && (high === 0 || cut.rows.length <= high)
  let factor = scale
  let cut = cutAt(factor)
  for (let time = 0; time < FITTING.times && factor > LEAST_SCALE && !fits(cut); time += 1) {
    factor = Math.max(LEAST_SCALE, factor * FITTING.step)
    cut = cutAt(factor)
  }
  const none = { first: 0, last: -1 }
  return {
    pages: inOrder(findShown(shown, cut), print.isAcrossFirst),
    toCut: ([column, row]) => ({
      paper,
      scale: factor,
      columns: slotsOf(grid.columns, cut.columns[column] ?? none, titles.columns),
      rows: slotsOf(grid.rows, cut.rows[row] ?? none, titles.rows),
    }),
  }
}

/** More rows or columns than anybody repeats on each page. */
const MOST_TITLES = 1000

function titleOf(title: Span | undefined): Span | undefined {
  return title && title.last - title.first < MOST_TITLES ? title : undefined
}

function sizeOf(lines: SheetLines, { first, last }: Span): number {
  return lines.startOf(last + 1) - lines.startOf(first)
}

function roomOf(
  paper: PageCut['paper'],
  { margins }: PrintSetup,
  scale: number,
): { readonly width: number; readonly height: number } {
  return {
    width: (paper.width - margins.left - margins.right) / scale,
    height: (paper.height - margins.top - margins.bottom) / scale,
  }
}

function choosePaper(
  print: PrintSetup,
  { wide, high }: { readonly wide: number; readonly high: number },
): Pick<PageCut, 'paper' | 'scale'> {
  const { paper, fit, scale = 1, isChosen } = print
  if (fit) {
    const room = roomOf(paper, print, 1)
    const across = fit.wide > 0 ? (fit.wide * room.width) / Math.max(1, wide) : 1
    const down = fit.high > 0 ? (fit.high * room.height) / Math.max(1, high) : 1
    return { paper, scale: Math.max(LEAST_SCALE, Math.min(1, across, down)) }
  }
  if (isChosen) return { paper, scale }
  const upright = roomOf(paper, print, 1).width / Math.max(1, wide)
  if (upright >= LEAST_UPRIGHT) return { paper, scale: Math.min(1, upright) }
  const turned = { width: paper.height, height: paper.width }
  const across = roomOf(turned, print, 1).width / Math.max(1, wide)
  return { paper: turned, scale: Math.min(1, Math.max(LEAST_READABLE, across)) }
}

/** Divides rows or columns among pages; one that has room on no page is on one alone. */
function cutLines(
  lines: SheetLines,
  { first, last }: Span,
  { room, breaks, title }: { room: number; breaks: readonly number[]; title: Span | undefined },
): readonly Span[] {
  const breaksAt = new Set(breaks)
  const titleSize = title ? Math.min(sizeOf(lines, title), room / 2) : 0
  const spans: Span[] = []
  let start = first
  let used = 0
  let count = 0
  for (let index = first; index <= last; index += 1) {
    const size = lines.sizeOf(index)
    const most = title && start > title.last ? room - titleSize : room
    // What rounding leaves over is no reason for another page.
    const isFull = used > 0 && used + size > most + 0.05
    if (index > start && (isFull || breaksAt.has(index) || count >= MOST_SLOTS)) {
      spans.push({ first: start, last: index - 1 })
      start = index
      used = 0
      count = 0
    }
    used += size
    if (size >= LEAST_SIZE) count += 1
  }
  spans.push({ first: start, last })
  return spans
}

/** The rows or columns of a page that are not hidden. */
function slotsOf(lines: SheetLines, span: Span, title: Span | undefined): readonly Slot[] {
  const slots: Slot[] = []
  let start = 0
  const add = (index: number): void => {
    const size = lines.sizeOf(index)
    if (size < LEAST_SIZE) return
    slots.push({ index, start, size })
    start += size
  }
  if (title && span.first > title.last) {
    for (let index = title.first; index <= title.last; index += 1) add(index)
  }
  for (let index = span.first; index <= span.last; index += 1) add(index)
  return slots
}

/** Which pages show something, as the numbers of their columns and rows. */
function findShown(
  shown: readonly CellRange[],
  cut: { readonly columns: readonly Span[]; readonly rows: readonly Span[] },
): ReadonlyMap<number, ReadonlySet<number>> {
  const found = new Map<number, Set<number>>()
  let left = MOST_PAGES
  for (const { left: from, right, top, bottom } of shown) {
    const [fromColumn, toColumn] = [spanAt(cut.columns, from), spanAt(cut.columns, right)]
    const [fromRow, toRow] = [spanAt(cut.rows, top), spanAt(cut.rows, bottom)]
    for (let column = fromColumn; column <= toColumn; column += 1) {
      const span = cut.columns[column]
      if (span === undefined || span.first > right || span.last < from) continue
      const rows = found.get(column) ?? new Set()
      found.set(column, rows)
      for (let row = fromRow; row <= toRow && left > 0; row += 1) {
        const rowSpan = cut.rows[row]
        const isSeen = rowSpan && rowSpan.first <= bottom && rowSpan.last >= top && !rows.has(row)
        if (!isSeen) continue
        rows.add(row)
        left -= 1
      }
    }
  }
  return found
}

/** Which span an index is in, or the nearest. */
function spanAt(spans: readonly Span[], index: number): number {
  let [low, high] = [0, spans.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.first ?? 0) <= index) low = middle
    else high = middle
  }
  return low
}

function inOrder(
  shown: ReadonlyMap<number, ReadonlySet<number>>,
  isAcrossFirst: boolean,
): readonly PageNumber[] {
  const pages = Array.from(shown, ([column, rows]) =>
    Array.from(rows, (row): PageNumber => [column, row]),
  ).flat()
  return pages.toSorted(([oneColumn, oneRow], [otherColumn, otherRow]) =>
    isAcrossFirst
      ? oneRow - otherRow || oneColumn - otherColumn
      : oneColumn - otherColumn || oneRow - otherRow,
  )
}
