import { MOST_COLUMNS } from '../../text/xlsx-places.ts'
import { type CellLook, changeLook, type LookChange, sameColour } from './cell-look.ts'
import type { LineFormat, SheetCell } from './sheet-contents.ts'
import type { SheetTable } from './sheet-tables.ts'

/** Tells what each cell of a sheet has in it, and looks like. */
export interface LookBook {
  readonly cellAt: (row: number, column: number) => SheetCell | undefined
  /** The cells of a row that show something. */
  readonly cellsOf: (row: number) => readonly SheetCell[]
  /** The look of a cell by its own style, or else that of its row or its column, and by that of its table. */
  readonly lookAt: (row: number, column: number) => CellLook
}

/** What a sheet has in its cells and says of how they look. */
export interface Looked {
  readonly cells: readonly SheetCell[]
  readonly rows: readonly LineFormat[]
  readonly columns: readonly LineFormat[]
  readonly tables: readonly SheetTable[]
  /** By their numbers; the first is that of a cell that says nothing. */
  readonly looks: readonly CellLook[]
}

/** Opens the book of a sheet. */
export function createLookBook(
  { cells, rows, columns, tables, looks }: Looked,
  usual: CellLook,
): LookBook {
  const byRow = Map.groupBy(cells, ({ row }) => row)
  const byPlace = new Map(cells.map((cell) => [placeOf(cell.row, cell.column), cell]))
  const rowLooks = new Map<number, number>()
  const lastRow = cells.reduce((most, { row }) => Math.max(most, row), 0)
  for (const { first, last, look } of rows) {
    if (look === undefined) continue
    const end = Math.min(last, lastRow)
    for (let row = first; row <= end; row += 1) rowLooks.set(row, look)
  }
  const columnLooks = new Map<number, number>()
  for (const { first, last, look } of columns) {
    if (!look) continue
    for (let column = first; column <= last; column += 1) columnLooks.set(column, look)
  }

  return {
    cellAt: (row, column) => byPlace.get(placeOf(row, column)),
    cellsOf: (row) => byRow.get(row) ?? [],
    lookAt(row, column) {
      const number =
        byPlace.get(placeOf(row, column))?.look ?? rowLooks.get(row) ?? columnLooks.get(column) ?? 0
      const own = looks[number] ?? usual
      const table = tables.find(
        ({ range }) =>
          row >= range.top && row <= range.bottom && column >= range.left && column <= range.right,
      )
      return table === undefined ? own : addBelow(own, table.changeAt(row, column), usual)
    },
  }
}

function placeOf(row: number, column: number): number {
  return row * MOST_COLUMNS + column
}

/** A look with what it has not of itself from what is below it. */
function addBelow(own: CellLook, below: LookChange, usual: CellLook): CellLook {
  const { colour, bold, italic, ...font } = below.font ?? {}
  const isUsual = sameColour(own.font.colour, usual.font.colour)
  return changeLook(own, {
    font: {
      ...font,
      ...(bold && { bold }),
      ...(italic && { italic }),
      ...(colour && isUsual && { colour }),
    },
    fill: own.fill ?? below.fill,
    borders: {
      ...below.borders,
      ...Object.fromEntries(Object.entries(own.borders).filter(([, line]) => line !== undefined)),
    },
  })
}
