import { Client } from 'pg'
import { explainTrouble } from './postgres-trouble.ts'

/** What is found out of a PostgreSQL. */
export interface PostgresProbe {
  /** Such as `15.13`. */
  readonly version: string
  /** The same as a number that grows, such as 150013. */
  readonly versionNumber: number
  /** Whether the connection is encrypted. */
  readonly isEncrypted: boolean
  /** Whether its user may make tables. */
  readonly mayCreate: boolean
  /** Whether it takes writes: a copy of another one does not. */
  readonly isWritable: boolean
  /** How long an answer takes, in milliseconds. */
  readonly answerMs: number
  /** A secret of those that are kept there, if there are any yet. */
  readonly secret: { readonly name: string; readonly sealed: Uint8Array } | undefined
}

/** How long a connection or an answer may take, in milliseconds. */
const LONGEST_MS = 10_000

/** How many answers are measured; the shortest tells most of the way there. */
const MEASURED = 5

/**
 * Looks at a database, and changes nothing.
 *
 * @param name - what it is called in sentences
 * @throws {Error} one sentence, when it cannot be used
 */
export async function probePostgres(url: string, name: string): Promise<PostgresProbe> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: LONGEST_MS,
    query_timeout: LONGEST_MS,
    application_name: 'darkroom doctor',
  })
  // What breaks is told by whatever is asked next.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<Omit<PostgresProbe, 'answerMs' | 'secret'>>(`
      SELECT current_setting('server_version') AS version,
        current_setting('server_version_num')::int AS "versionNumber",
        coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS "isEncrypted",
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
        NOT pg_is_in_recovery() AS "isWritable"`)
    const [found] = rows
    if (found === undefined) throw new TypeError('one row is told')
    return { ...found, answerMs: await measure(client), secret: await findSecret(client) }
  } catch (error) {
    throw explainTrouble(error, name)
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function measure(client: Client): Promise<number> {
  let shortest = Number.POSITIVE_INFINITY
  for (let index = 0; index < MEASURED; index += 1) {
    const before = performance.now()
    await client.query('SELECT 1')
    shortest = Math.min(shortest, performance.now() - before)
  }
  return shortest
}

async function findSecret(client: Client): Promise<PostgresProbe['secret']> {
  const { rows } = await client.query<{ there: boolean }>(
    "SELECT to_regclass('secrets') IS NOT NULL AS there",
  )
  if (rows[0]?.there !== true) return undefined
  const secrets = await client.query<{ name: string; sealed: Uint8Array }>(
    'SELECT name, sealed FROM secrets ORDER BY name LIMIT 1',
  )
  return secrets.rows[0]
}
