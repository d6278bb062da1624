import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { DatabaseError, Pool } from 'pg'
import { wasAway } from './away.ts'
import { nameDatabase } from './database-url.ts'
import type { Database, Writing } from './database.ts'
import type { Migration } from './migrations.ts'
import { CHANNEL, listenToPostgres, type PostgresListening } from './postgres-listening.ts'
import { migratePostgres } from './postgres-migrations.ts'
import { watchPool } from './postgres-pool.ts'
import { explainTrouble, mayPass } from './postgres-trouble.ts'
import { POSTGRES_VALUES } from './postgres-values.ts'
import { createTopics } from './topics.ts'
import { createWorks, type Works } from './works.ts'

/** How many connections a service has at most; reads and writes share them. */
const MOST_CONNECTIONS = 16

/** How long a connection may take until it is there, in milliseconds. */
const CONNECT_MS = 10_000

/** How long a PostgreSQL is waited for that is only being started, and in between, in milliseconds. */
const LONGEST_START_MS = 30_000
const START_PAUSE_MS = 500

/** How long an answer is waited for, in milliseconds; the connection is given up then. */
const ANSWER_MS = 30_000

/** How long a transaction may stand still before PostgreSQL ends it, in milliseconds: a process that is halted must not hold up the others. */
const STANDSTILL_MS = 60_000

/** How long a work waits in all for a database that is away, and in between, in milliseconds; most of those who ask wait no longer. */
const PATIENCE_MS = 5_000
const PAUSE_MS = 250

/** How many works run at a time; the rest of the connections is for those who read. */
const MOST_WORKS = 12

/** How long a work is tried for that others are in the way of, in milliseconds; by then something else is wrong. */
const LONGEST_TRIED_MS = 30_000

/** What PostgreSQL says of a work that another one was in the way of: it could not be serialized, or both waited for each other. */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['40001', '40P01'])

function isInTheWay(error: unknown): boolean {
  return error instanceof Error && 'code' in error && IN_THE_WAY.has(error.code)
}

/** A database of PostgreSQL, in which several kinds of tables may be. */
export interface PostgresServer {
  /** What it is called in sentences. */
  readonly name: string
  /**
   * Waits until it answers.
   *
   * @param onWait - is told why it cannot be used yet, as a sentence
   * @throws {Error} one sentence, when waiting is of no use, or has taken half a minute
   */
  readonly answer: (onWait: (message: string) => void) => Promise<void>
  /**
   * Opens tables, and makes them or brings them up to date. Works run as if one came after the other (`SERIALIZABLE`): what would be
   * otherwise is run again from its beginning, as is what has not been committed when the database goes away for a moment.
   *
   * @param name - of these tables among all that are there
   * @throws {Error} one sentence when it does not answer, does not let tables be made, or a newer version has made them
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
 * @param onLoss - is told why it cannot be asked any more, once until it can be
 * @param onReturn - is told that it can be asked again
 */
export function createPostgresServer(
  url: string,
  onLoss: (error: Error) => void,
  onReturn: () => void = () => undefined,
): PostgresServer {
  const name = nameDatabase(url)
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    // Finds out that whoever is at the other end is gone without a word.
    keepAlive: true,
    application_name: 'darkroom',
    types: POSTGRES_VALUES,
  }
  const pool = new Pool({
    ...settings,
    max: MOST_CONNECTIONS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: STANDSTILL_MS,
  })
  const watched = watchPool(pool, { onLoss, onReturn })
  /** Migrations take as long as they take. */
  const patient = new Pool({ ...settings, max: 1 })
  for (const each of [pool, patient]) {
    each.on('error', watched.noteLoss)
    // Of one that is in use, a pool says nothing; without a listener it would end the process.
    each.on('connect', (client) => client.on('error', watched.noteLoss))
  }

  const topics = createTopics()
  const works = createWorks({ most: MOST_WORKS, isInTheWay, longestMs: LONGEST_TRIED_MS })
  let listening: PostgresListening | undefined

  return {
    name,
    async answer(onWait) {
      const end = performance.now() + LONGEST_START_MS
      for (;;) {
        try {
          await pool.query('SELECT 1')
          return
        } catch (error) {
          const trouble = explainTrouble(error, name)
          if (!mayPass(error) || performance.now() > end) throw trouble
          onWait(trouble.message)
          await delay(START_PAUSE_MS)
        }
      }
    },
    async open<Tables>(schema: string, migrations: readonly Migration[]) {
      const migrating = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: patient }) })
      try {
        await migratePostgres(migrating, schema, migrations)
      } catch (error) {
        throw error instanceof DatabaseError || mayPass(error) ? explainTrouble(error, name) : error
      }
      listening ??= listenToPostgres(url, topics, watched.noteLoss)
      await listening.begun
      const tables = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: watched.pool }) })
      return postgresDatabase(tables, topics.hear, works)
    },
    async close() {
      await listening?.close()
      await Promise.all([pool.end(), patient.end()])
    },
  }
}

function postgresDatabase<Tables>(
  committed: Kysely<Tables>,
  hear: Database<Tables>['hear'],
  works: Works,
): Database<Tables> {
  async function write<T>(work: (tables: Writing<Tables>) => Promise<T>): Promise<T> {
    const end = performance.now() + PATIENCE_MS
    for (;;) {
      let isToBeCommitted = false
      const attempt = (): Promise<T> => {
        isToBeCommitted = false
        return committed
          .transaction()
          .setIsolationLevel('serializable')
          .execute(async (tables) => {
            const made = await work(tables)
            isToBeCommitted = true
            return made
          })
      }
      try {
        return await works.run(attempt)
      } catch (error) {
        // What was to be committed when the connection broke may well be: whoever asks again finds out.
        if (isToBeCommitted || !wasAway(error) || performance.now() > end) throw error
        await delay(PAUSE_MS)
      }
    }
  }

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
