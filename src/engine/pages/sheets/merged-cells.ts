import type { CellRange } from '../../text/xlsx-places.ts'
import { MOST_COLUMNS } from '../../text/xlsx-places.ts'
import type { PageCut } from './page-cuts.ts'

/** Which cells of a page are one, by the place of each of them. */
export interface MergedCells {
  readonly at: (row: number, column: number) => CellRange | undefined
}

/** As many merged cells are on a page. */
const MOST_MERGES = 20_000

/** Finds the merged cells of a page. Where several have a cell, which no program writes, it is that of the first. */
export function findMergedCells(
  merges: readonly CellRange[],
  { rows, columns }: PageCut,
): MergedCells {
  const found = new Map<number, CellRange>()
  const bounds = { rows: toBounds(rows), columns: toBounds(columns) }
  const seen = merges.filter(
    ({ top, bottom, left, right }) =>
      top <= bounds.rows.last &&
      bottom >= bounds.rows.first &&
      left <= bounds.columns.last &&
      right >= bounds.columns.first,
  )
  for (const range of seen.slice(0, MOST_MERGES)) cover(range)

  function cover(range: CellRange): void {
    for (const { index: row } of within(rows, range.top, range.bottom)) {
      for (const { index: column } of within(columns, range.left, range.right)) {
        const place = row * MOST_COLUMNS + column
        // Cells that are merged twice are not merged again, so that nobody has to go through them all.
        if (found.has(place)) return
        found.set(place, range)
      }
    }
  }

  return { at: (row, column) => found.get(row * MOST_COLUMNS + column) }
}

function within(slots: PageCut['rows'], first: number, last: number): PageCut['rows'] {
  return slots.filter(({ index }) => index >= first && index <= last)
}

function toBounds(slots: PageCut['rows']): { readonly first: number; readonly last: number } {
  const indexes = slots.map(({ index }) => index)
  return {
    first: indexes.reduce((least, each) => Math.min(least, each), Infinity),
    last: indexes.reduce((most, each) => Math.max(most, each), -1),
  }
}
