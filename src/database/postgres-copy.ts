import { Client, escapeIdentifier } from 'pg'
import { MIGRATION_LOCK } from './postgres-migrations.ts'
import { explainTrouble } from './postgres-trouble.ts'
import { POSTGRES_VALUES } from './postgres-values.ts'
import { createRowsChecksum, type RowValue, type TableRows } from './table-rows.ts'

/** What was copied of a table. */
export interface CopiedTable {
  readonly table: string
  readonly rows: number
  /** Of what is there, see `createRowsChecksum`. */
  readonly checksum: string
}

/** How many values a query may have. */
const MOST_VALUES = 65_535

/** How many rows go at once, or come. */
const ROWS_AT_ONCE = 1000

/** A database of PostgreSQL. */
interface Place {
  readonly url: string
  /** What it is called in sentences. */
  readonly name: string
}

/**
 * Copies rows into tables of PostgreSQL that are there and empty: all of them or none. Then it reads them there and compares. No service
 * can be started on that database meanwhile.
 *
 * @param tables - those that others refer to come first
 * @param signal - ends it, with nothing copied
 * @throws {Error} one sentence: a table is not empty, takes a row not as it is, or the database does not answer
 */
export function copyRows(
  place: Place,
  tables: readonly TableRows[],
  signal: AbortSignal,
): Promise<CopiedTable[]> {
  return connected(place, signal, async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    for (const { table } of tables) await requireEmpty(client, table, place.name)
    const copied: CopiedTable[] = []
    for (const each of tables) copied.push(await copyTable(client, each, signal))
    await client.query('COMMIT')
    return copied
  })
}

/**
 * Looks whether tables are empty, before anything is done that takes long.
 *
 * @throws {Error} one sentence, when one is not
 */
export function requireEmptyTables(
  place: Place,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  return connected(place, signal, async (client) => {
    for (const table of tables) await requireEmpty(client, table, place.name)
  })
}

async function connected<T>(
  { url, name }: Place,
  signal: AbortSignal,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'darkroom migrate',
    types: POSTGRES_VALUES,
  })
  // What breaks is told by whatever is asked next.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await work(client)
  } catch (error) {
    if (signal.aborted || (error instanceof Error && !('code' in error))) throw error
    throw explainTrouble(error, name)
  } finally {
    // Whatever was not committed is gone with the connection.
    await client.end().catch(() => undefined)
  }
}

async function requireEmpty(client: Client, table: string, name: string): Promise<void> {
  const { rows } = await client.query(`SELECT 1 FROM ${escapeIdentifier(table)} LIMIT 1`)
  if (rows.length === 0) return
  throw new Error(
    `The database ${name} is in use already: there are rows in its table ${table}; it must be an empty one.`,
  )
}

async function copyTable(
  client: Client,
  { table, columns, rows, lastNumber }: TableRows,
  signal: AbortSignal,
): Promise<CopiedTable> {
  const sent = createRowsChecksum()
  const atOnce = Math.min(ROWS_AT_ONCE, Math.floor(MOST_VALUES / columns.length))
  let waiting: (readonly RowValue[])[] = []
  for (const row of rows) {
    sent.add(row)
    waiting.push(row)
    if (waiting.length < atOnce) continue
    signal.throwIfAborted()
    await insert(client, table, columns, waiting)
    waiting = []
  }
  if (waiting.length > 0) await insert(client, table, columns, waiting)
  const there = await readBack(client, table, columns)
  if (there.count() !== sent.count() || there.digest() !== sent.digest()) {
    throw new Error(
      `The table ${table} is not the same in the database: ${sent.count()} rows were sent, and ${there.count()} are there, with another checksum; nothing was kept.`,
    )
  }
  await goOnAfter(client, table, lastNumber)
  return { table, rows: there.count(), checksum: there.digest() }
}

async function insert(
  client: Client,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly RowValue[])[],
): Promise<void> {
  const names = columns.map(escapeIdentifier).join(', ')
  const places = rows.map((_row, index) => {
    const first = index * columns.length
    return `(${columns.map((_column, position) => `$${first + position + 1}`).join(', ')})`
  })
  await client
    .query(
      `INSERT INTO ${escapeIdentifier(table)} (${names}) VALUES ${places.join(', ')}`,
      rows.flat(),
    )
    .catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      throw new Error(`The table ${table} cannot be copied: ${why}; nothing was kept.`, {
        cause: error,
      })
    })
}

async function readBack(client: Client, table: string, columns: readonly string[]) {
  const checksum = createRowsChecksum()
  const names = columns.map(escapeIdentifier).join(', ')
  await client.query(
    `DECLARE copied NO SCROLL CURSOR FOR SELECT ${names} FROM ${escapeIdentifier(table)}`,
  )
  for (;;) {
    const { rows } = await client.query<(string | number | null | Uint8Array)[]>({
      text: `FETCH ${ROWS_AT_ONCE} FROM copied`,
      rowMode: 'array',
    })
    for (const row of rows) checksum.add(row)
    if (rows.length < ROWS_AT_ONCE) break
  }
  await client.query('CLOSE copied')
  return checksum
}

/** Has the numbers that the database gives to rows go on where they were. */
async function goOnAfter(client: Client, table: string, lastNumber: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 AND is_identity = 'YES'",
    [table],
  )
  for (const { name } of rows) {
    await client.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), last) FROM (
         SELECT greatest(max(${escapeIdentifier(name)}), $3) AS last FROM ${escapeIdentifier(table)}
       ) AS numbers WHERE last > 0`,
      [escapeIdentifier(table), name, lastNumber],
    )
  }
}
