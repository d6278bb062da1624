import path from 'node:path'
import type { Log } from '../base/log.ts'
import type { Config } from '../config.ts'
import type { DatabaseSettings } from '../database/database-url.ts'
import type { Database } from '../database/database.ts'
import type { KeptTables } from '../database/kept-tables.ts'
import type { PostgresServer } from '../database/postgres-database.ts'
import { openSqliteDatabase } from '../database/sqlite-database.ts'
import type { Parts } from './parts.ts'

/** Where the tables of a service are: in files of its state folder, or in PostgreSQL. */
export interface Databases {
  /**
   * Opens tables; they are closed by whoever has opened them.
   *
   * @throws {Error} one sentence, when they cannot be used
   */
  readonly open: <Tables>(tables: KeptTables) => Promise<Database<Tables>>
  /** What has tables besides that several front ends have in common; undefined for one that has all in its state folder. */
  readonly shared: SharedDatabase | undefined
}

/** A database that several front ends have in common. */
export interface SharedDatabase {
  readonly open: PostgresServer['open']
  /** What encrypts secrets there: 32 bytes in hexadecimal. */
  readonly key: string
}

/**
 * Opens what has the tables of a service; those of a database elsewhere are reached until all other parts are closed.
 *
 * @throws {Error} one sentence, when the database elsewhere cannot be used
 */
export async function openDatabases(
  { home, database }: Pick<Config, 'home' | 'database'>,
  log: Log,
  parts: Parts,
): Promise<Databases> {
  if (database !== undefined) return openElsewhere(database, log, parts)
  return {
    shared: undefined,
    open: async ({ file, fileMigrations }) =>
      openSqliteDatabase(path.join(home, file), fileMigrations),
  }
}

async function openElsewhere(
  { url, key }: DatabaseSettings,
  log: Log,
  parts: Parts,
): Promise<Databases> {
  // Loaded only now: on a laptop there is none.
  const { createPostgresServer } = await import('../database/postgres-database.ts')
  const server = parts.add(
    createPostgresServer(
      url,
      ({ message }) => log.error(`The database ${server.name} does not answer: ${message}`),
      () => log.info(`The database ${server.name} answers again.`),
    ),
  )
  let said = ''
  await server.answer((why) => {
    if (why !== said) log.warn(`${why} The service waits for it.`)
    said = why
  })
  log.info(`The database is ${server.name}.`)
  return {
    shared: { open: server.open, key },
    open: ({ name, migrations }) => server.open(name, migrations),
  }
}
