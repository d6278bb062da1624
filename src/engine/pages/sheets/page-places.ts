import type { CellRange } from '../../text/xlsx-places.ts'
import type { Box } from '../drawing/shapes.ts'
import type { PageCut, Slot } from './page-cuts.ts'

/** Tells where cells are among those of a page, in points before they are scaled. */
export interface PagePlaces {
  readonly width: number
  readonly height: number
  /** The number of the last column. */
  readonly last: number
  /** The box of cells next to each other, as far as they are on the page; undefined when none is. */
  readonly boxOf: (range: CellRange) => Box | undefined
  readonly columnAt: (column: number) => Slot | undefined
  readonly rowAt: (row: number) => Slot | undefined
}

/** @param isRightToLeft - whether the first column is at the right */
export function createPagePlaces({ rows, columns }: PageCut, isRightToLeft: boolean): PagePlaces {
  const width = endOf(columns)
  const turned = isRightToLeft
    ? columns.map((slot) => ({ ...slot, start: width - slot.start - slot.size }))
    : columns
  const byColumn = new Map(turned.map((slot) => [slot.index, slot]))
  const byRow = new Map(rows.map((slot) => [slot.index, slot]))

  return {
    width,
    height: endOf(rows),
    last: columns.at(-1)?.index ?? -1,
    columnAt: (column) => byColumn.get(column),
    rowAt: (row) => byRow.get(row),
    boxOf({ left, right, top, bottom }) {
      const across = span(byColumn, turned, left, right)
      const down = span(byRow, rows, top, bottom)
      if (across === undefined || down === undefined) return undefined
      return {
        x: across.start,
        y: down.start,
        width: across.end - across.start,
        height: down.end - down.start,
      }
    },
  }
}

/** From the first to the last of some lines that are there. */
function span(
  slots: ReadonlyMap<number, Slot>,
  all: readonly Slot[],
  first: number,
  last: number,
): { readonly start: number; readonly end: number } | undefined {
  const isOne = first === last
  const found = isOne
    ? [slots.get(first)].flatMap((slot) => slot ?? [])
    : all.filter(({ index }) => index >= first && index <= last)
  if (found.length === 0) return undefined
  return {
    start: found.reduce((least, { start }) => Math.min(least, start), Infinity),
    end: found.reduce((most, { start, size }) => Math.max(most, start + size), 0),
  }
}

function endOf(slots: readonly Slot[]): number {
  const last = slots.at(-1)
  return last ? last.start + last.size : 0
}
