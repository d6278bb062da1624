/** Cells next to each other, counted from 0, with the last ones among them. */
export interface CellRange {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** As many rows and columns as a sheet has. */
export const MOST_ROWS = 1_048_576
export const MOST_COLUMNS = 16_384

const REFERENCE = /^\$?([A-Z]{1,3})?\$?(\d{1,7})?$/i

/** The column, counted from 0, of a reference such as `BC12`. */
export function readColumn(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  return letters === undefined ? undefined : toColumn(letters)
}

/**
 * Reads a reference such as `B2`, `$A$1:$C$9`, or `A:B` and `1:2` for all of some columns and rows.
 *
 * @returns undefined for what is none, or has more than there is
 */
export function readRange(reference: string | undefined): CellRange | undefined {
  const [first = '', last = first] = (reference ?? '').split(':')
  const [from, to] = [REFERENCE.exec(first), REFERENCE.exec(last)]
  if (first === '' || last === '' || from === null || to === null) return undefined
  const columns = [from[1], to[1]].map((each) => (each === undefined ? undefined : toColumn(each)))
  const rows = [from[2], to[2]].map((each) => (each === undefined ? undefined : Number(each) - 1))
  const range = {
    left: Math.min(columns[0] ?? 0, columns[1] ?? 0),
    right: Math.max(columns[0] ?? MOST_COLUMNS - 1, columns[1] ?? MOST_COLUMNS - 1),
    top: Math.min(rows[0] ?? 0, rows[1] ?? 0),
    bottom: Math.max(rows[0] ?? MOST_ROWS - 1, rows[1] ?? MOST_ROWS - 1),
  }
  const isThere = range.top >= 0 && range.bottom < MOST_ROWS && range.right < MOST_COLUMNS
  return isThere ? range : undefined
}

/** Whether ranges have a cell in common. */
export function overlap(one: CellRange, other: CellRange): boolean {
  return (
    one.left <= other.right &&
    other.left <= one.right &&
    one.top <= other.bottom &&
    other.top <= one.bottom
  )
}

function toColumn(letters: string): number {
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}
