import type { PositionedBlock } from '../../pdf/text/read-positions.ts'

/** Cells beside each other. */
export type Row = readonly PositionedBlock[]

/** A table has at least so many rows; fewer are words beside each other. */
const LEAST_ROWS = 2

/** How much of the lower of two cells is beside the other, at least. */
const LEAST_BESIDE = 0.5

/** What blocks of a page are: the rows of a table, words beside each other, or a block of its own. */
export type Group =
  | { readonly kind: 'table'; readonly rows: readonly Row[] }
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'block'; readonly block: PositionedBlock }

/** Finds the tables of a page: rows of as many cells each, which stand below each other. */
export function groupBlocks(blocks: readonly PositionedBlock[]): Group[] {
  const rows: PositionedBlock[][] = []
  for (const block of blocks) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    if (row !== undefined && last !== undefined && areBeside(last, block)) row.push(block)
    else rows.push([block])
  }
  const groups: Group[] = []
  for (let at = 0; at < rows.length;) {
    const end = endOfTable(rows, at)
    const [row = []] = rows.slice(at, at + 1)
    const [only] = row
    if (end - at >= LEAST_ROWS) groups.push({ kind: 'table', rows: rows.slice(at, end) })
    else if (row.length > 1) groups.push({ kind: 'row', row })
    else if (only !== undefined) groups.push({ kind: 'block', block: only })
    at = Math.max(at + 1, end - at >= LEAST_ROWS ? end : 0)
  }
  return groups
}

/** Whether a block goes on to the right of another, as the next cell of a row. */
function areBeside({ box: one }: PositionedBlock, { box: other, lines }: PositionedBlock): boolean {
  const [, top, right, bottom] = one
  const height = Math.min(bottom, other[3]) - Math.max(top, other[1])
  const lower = Math.min(bottom - top, other[3] - other[1])
  return lines.length === 1 && other[0] >= right && height > lower * LEAST_BESIDE
}

function endOfTable(rows: readonly Row[], start: number): number {
  const first = rows[start] ?? []
  if (first.length < 2) return start
  let columns: readonly Column[] = first.map(toColumn)
  let end = start + 1
  for (; end < rows.length; end += 1) {
    const grown = growColumns(columns, rows[end] ?? [])
    if (grown === undefined) break
    columns = grown
  }
  return end
}

/** From where to where the cells of a column are. */
type Column = readonly [left: number, right: number]

function toColumn({ box: [left, , right] }: PositionedBlock): Column {
  return [left, right]
}

/** @returns undefined when the cells of a row are not those of the columns */
function growColumns(columns: readonly Column[], row: Row): readonly Column[] | undefined {
  if (row.length !== columns.length) return undefined
  const grown = row.map((block, index): Column | undefined => {
    const [left, right] = toColumn(block)
    const [from, until] = columns[index] ?? [0, 0]
    return left <= until && right >= from
      ? [Math.min(left, from), Math.max(right, until)]
      : undefined
  })
  const known = grown.filter((column) => column !== undefined)
  const arePlain = known.every(([left], index) => left >= (known[index - 1]?.[1] ?? left))
  return known.length === row.length && arePlain ? known : undefined
}
