import type { Cell, Table } from './rich-text.ts'

/** A place of a table: where a cell begins, or what it reaches down to; it is as many columns wide as the cell. */
export interface Place {
  readonly cell: Cell
  readonly isStart: boolean
}

/** The places of each row, from one side to the other; undefined where there is no cell in a column. */
export function placesOf({ rows }: Table): (Place | undefined)[][] {
  /** How many more rows each column is taken for, and by what. */
  const taken = new Map<number, { place: Place; left: number }>()
  const width = columnsOf(rows)
  return rows.map((cells) => {
    const places: (Place | undefined)[] = []
    let next = 0
    for (let column = 0; column < width || next < cells.length;) {
      const above = taken.get(column)
      if (above !== undefined && above.left > 0) {
        above.left -= 1
        places.push(above.place)
        column += above.place.cell.columns
        continue
      }
      const cell = cells[next]
      next += 1
      places.push(cell === undefined ? undefined : { cell, isStart: true })
      if (cell !== undefined && cell.rows > 1) {
        taken.set(column, { place: { cell, isStart: false }, left: cell.rows - 1 })
      }
      column += cell?.columns ?? 1
    }
    return places
  })
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { columns }) => sum + columns, 0)
}

/** How wide the widest row is, with what reaches into it. */
function columnsOf(rows: readonly (readonly Cell[])[]): number {
  let most = 0
  let reaching: { columns: number; left: number }[] = []
  for (const cells of rows) {
    const from = reaching.reduce((sum, { columns }) => sum + columns, 0)
    most = Math.max(most, from + widthOf(cells))
    const begun = cells.map(({ columns, rows: left }) => ({ columns, left }))
    reaching = [...reaching, ...begun]
      .map(({ columns, left }) => ({ columns, left: left - 1 }))
      .filter(({ left }) => left > 0)
  }
  return most
}
