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
  let row = ''
  let next = 0
  return {
    add(column, text) {
      const cell = text.replace(/\s+/g, ' ').trim()
      if (cell === '') return
      const empty = Math.min(Math.max(column - next, 0), MOST_EMPTY_CELLS)
      // Two cells are a tab apart even when they claim to be in one column.
      row += '\t'.repeat(row === '' ? empty : empty + 1) + cell
      next = column + 1
    },
    end() {
      if (row === '') return
      flow.line()
      flow.text(row)
      flow.line()
      row = ''
      next = 0
    },
  }
}
