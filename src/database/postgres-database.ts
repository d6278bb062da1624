import { setImmediate as turn } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, TypeOverrides, types } from 'pg'
import type { Database, Writing } from './database.ts'
import type { Migration } from './migrations.ts'
import { CHANNEL, listenToPostgres, type PostgresListening } from './postgres-listening.ts'
import { migratePostgres } from './postgres-migrations.ts'
import { createTopics } from './topics.ts'
import { createWorks, type Works } from './works.ts'

/** How many connections a service has at most; reads and writes share them. */
const MOST_CONNECTIONS = 16

/** How long a connection may take until it is there, in milliseconds. */
const CONNECT_MS = 10_000

/** How many works run at a time; the rest of the connections is for those who read. */
const MOST_WORKS = 12

/** How long a work is tried for that others are in the way of, in milliseconds; by then something else is wrong. */
const LONGEST_TRIED_MS = 30_000

/** What PostgreSQL says of a work that another one was in the way of: it could not be serialized, or both waited for each other. */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['40001', '40P01'])

function isInTheWay(error: unknown): boolean {
  return error instanceof Error && 'code' in error && IN_THE_WAY.has(error.code)
}

/** How values are read: `int8` as a number, since times and numbers of rows are far below what that holds. */
const values = new TypeOverrides()
values.setTypeParser(types.builtins.INT8, Number)

/** A database of PostgreSQL, in which several kinds of tables may be. */
export interface PostgresServer {
  /**
   * Opens tables, and makes them or brings them up to date. Works run as if one came after the other (`SERIALIZABLE`): what would be
   * otherwise is run again from its beginning.
   *
   * @param name - of these tables among all that are there
   * @throws {Error} when it does not answer, or a newer version has made them
   */
  readonly open: <Tables>(
    name: string,
    migrations: readonly Migration[],
  ) => Promise<Database<Tables>>
  /** Ends all connections. */
  readonly close: () => Promise<void>
}

/**
 * Makes what opens tables in PostgreSQL; nothing is asked of it before.
 *
 * @param url - as `postgres://user:password@host:5432/name`
 * @param onLoss - is told of a connection that broke while nobody needed it
 */
export function createPostgresServer(url: string, onLoss: (error: Error) => void): PostgresServer {
  const pool = new Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'darkroom',
    types: values,
  })
  pool.on('error', onLoss)
  const topics = createTopics()
  const works = createWorks({ most: MOST_WORKS, isInTheWay, longestMs: LONGEST_TRIED_MS })
  let listening: PostgresListening | undefined
  return {
    async open<Tables>(name: string, migrations: readonly Migration[]) {
      const tables = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
      await migratePostgres(tables, name, migrations)
      listening ??= listenToPostgres(url, topics, onLoss)
      await listening.begun
      return postgresDatabase(tables, topics.hear, works)
    },
    async close() {
      await listening?.close()
      await pool.end()
    },
  }
}

function postgresDatabase<Tables>(
  committed: Kysely<Tables>,
  hear: Database<Tables>['hear'],
  works: Works,
): Database<Tables> {
  const write = <T>(work: (tables: Writing<Tables>) => Promise<T>): Promise<T> =>
    works.run(() => committed.transaction().setIsolationLevel('serializable').execute(work))

  return {
    committed,
    write,
    async sweep(step) {
      while (await write(step)) await turn()
    },
    async tell(tables, topic, what) {
      await tables
        .selectNoFrom(sql`pg_notify(${CHANNEL}, ${`${topic} ${what}`})`.as('told'))
        .execute()
    },
    hear,
    async tryWriting() {
      await sql`UPDATE schema_version SET version = version`.execute(committed)
    },
    // Its connections are those of all tables, and closed with these.
    close: () => Promise.resolve(),
  }
}
