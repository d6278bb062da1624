import type { Flow } from './flow.ts'

/** As many empty cells as are written between two, each as a tab. What is farther apart is no table. */
const MOST_EMPTY_CELLS = 16

/** A row of a sheet, which is one line however its cells are written. */
export interface SheetRow {
  /** @param column - counted from 0; not before that of the last cell */
  add(column: number, text: string): void
  /** Writes the row unless it is empty. */
  end(): void
}

export function createSheetRow(flow: Flow): SheetRow {
  let isBegun = false
  let next = 0
  return {
    add(column, text) {
      const cell = text.replace(/\s+/g, ' ').trim()
      if (cell === '') return
      if (!isBegun) flow.row()
      isBegun = true
      const empty = Math.min(Math.max(column - next, 0), MOST_EMPTY_CELLS)
      // Two cells are two even when they claim to be in one column.
      for (let nth = 0; nth <= empty; nth += 1) flow.cell()
      flow.text(cell)
      next = column + 1
    },
    end() {
      if (isBegun) flow.row()
      isBegun = false
      next = 0
    },
  }
}
