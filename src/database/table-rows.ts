import { createHash } from 'node:crypto'

/** A value of a row, in any kind of database. */
export type RowValue = string | number | null | Uint8Array

/** All rows of a table. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  /** Each has its values in the order of the columns. */
  readonly rows: Iterable<readonly RowValue[]>
  /** The highest number that the database has given to a row, be that one gone; 0 when it gives none. */
  readonly lastNumber: number
}

/** What is the same for the same rows, in whatever order they come. */
export interface RowsChecksum {
  readonly add: (row: readonly RowValue[]) => void
  readonly count: () => number
  /** Of 256 bits, hexadecimal. */
  readonly digest: () => string
}

const MODULUS = 1n << 256n

/** Makes the checksum of no rows yet. */
export function createRowsChecksum(): RowsChecksum {
  let count = 0
  let sum = 0n
  return {
    add(row) {
      const hash = createHash('sha256')
        .update(JSON.stringify(row.map(tellApart)))
        .digest('hex')
      sum = (sum + BigInt(`0x${hash}`)) % MODULUS
      count += 1
    },
    count: () => count,
    digest: () => sum.toString(16).padStart(64, '0'),
  }
}

/** Bytes are no text, nor what their members would be. */
function tellApart(value: RowValue): string | number | null | readonly [string] {
  return value instanceof Uint8Array ? [Buffer.from(value).toString('hex')] : value
}
