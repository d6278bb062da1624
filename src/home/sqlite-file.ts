import { chmodSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { makePrivate } from './file-lock.ts'
import { namedDatabase, wordsOf } from './named-database.ts'

/** How a SQLite file is opened. */
export interface SqliteOptions {
  /**
   * What has made the file what it is, in SQL, oldest first and never changed once it was released. A file says in its
   * `user_version` how many of them it has had, and gets the others when it is opened.
   */
  readonly migrations: readonly string[]
  /**
   * `FULL` when what was committed survives a power cut, `NORMAL` when all but the last of it does; either survives a
   * killed process.
   */
  readonly synchronous: 'FULL' | 'NORMAL'
  /** What can be done about a file that is damaged, as a half sentence. */
  readonly remedy?: string
}

/** How long the transaction of another process is waited for, in milliseconds: commands write some of these files as well. */
const TIMEOUT_MS = 5000

/** To how much the write-ahead log is cut when all of it is in the file, in bytes; a large transaction makes it as large as that is. */
const LONGEST_IDLE_LOG_BYTES = 16 * 1024 * 1024

/** What `PRAGMA auto_vacuum` says of a file that can give back what is free of it, a few pages at a time. */
const INCREMENTAL = 2

/**
 * Opens a SQLite file with a write-ahead log, makes it if need be, and brings it up to date: all of its migrations or none.
 * Nobody but its owner may read it from then on; other processes of theirs may do so while it is open, as a backup does.
 *
 * @throws {Error} one sentence, when another process holds the file, it is damaged, or a newer version has made it
 */
export function openSqliteFile(file: string, options: SqliteOptions): DatabaseSync {
  const connection = namedDatabase(file, TIMEOUT_MS)
  try {
    // The log gets the mode of the file.
    makePrivate(file)
    for (const each of [file, `${file}-wal`, `${file}-shm`]) closeToOthers(each)
    connection.open()
    connection.exec(`
      -- Of a file that is made; the others are told apart below.
      PRAGMA auto_vacuum = INCREMENTAL;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${options.synchronous};
      PRAGMA journal_size_limit = ${LONGEST_IDLE_LOG_BYTES};
      -- A migration may take a table away and bring it back.
      PRAGMA foreign_keys = OFF;
      BEGIN IMMEDIATE;
    `)
    migrate(connection, options.migrations)
    connection.exec('COMMIT; PRAGMA foreign_keys = ON;')
    shrink(connection)
    return connection
  } catch (error) {
    if (connection.isOpen) connection.close()
    throw explain(file, error, options.remedy)
  }
}

/** Opens a second connection to a file that {@link openSqliteFile} has opened, for reading what is committed. */
export function readSqliteFile(file: string): DatabaseSync {
  const connection = namedDatabase(file, TIMEOUT_MS, { readOnly: true })
  connection.open()
  return connection
}

function closeToOthers(file: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0
  if ((mode & 0o077) !== 0) chmodSync(file, mode & 0o700)
}

/** How long a start may wait for files to become smaller, in milliseconds; the next one goes on. */
const LONGEST_SHRINKING_MS = 300

/** Gives what is free in a file back to the disk. One that an older version has made is written anew for that, once. */
function shrink(connection: DatabaseSync): void {
  try {
    if (connection.prepare('PRAGMA auto_vacuum').get()?.['auto_vacuum'] !== INCREMENTAL) {
      connection.exec('PRAGMA auto_vacuum = INCREMENTAL; VACUUM')
    }
    const began = performance.now()
    while (giveBack(connection) && performance.now() - began < LONGEST_SHRINKING_MS);
  } catch {
    // It takes as much of the disk as there is in it. Without, the file stays as large as it ever was, and whole.
  }
}

function migrate(connection: DatabaseSync, migrations: readonly string[]): void {
  const version = Number(connection.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > migrations.length) throw new Error('a newer version of Darkroom has made it')
  for (const migration of migrations.slice(version)) connection.exec(migration)
  connection.exec(`PRAGMA user_version = ${migrations.length}`)
}

function explain(file: string, error: unknown, remedy: string | undefined): Error {
  const why = wordsOf(error)
  const message = why.includes('locked')
    ? `Another service is using ${file}.`
    : `${file} cannot be used: ${why}${remedy === undefined ? '' : `; ${remedy}`}.`
  return new Error(message, { cause: error })
}

/** How many pages of 4 KB a file gives back to the disk at once: a few milliseconds of work. */
const PAGES_AT_ONCE = 50

/** How many pages may be free in a file: what comes next needs them. */
const PAGES_TO_SPARE = 500

/**
 * Gives some of what is free in a file back to the disk.
 *
 * @returns whether there is more
 */
export function giveBack(connection: DatabaseSync): boolean {
  const free = Number(connection.prepare('PRAGMA freelist_count').get()?.['freelist_count'])
  if (free <= PAGES_TO_SPARE) return false
  connection.exec(`PRAGMA incremental_vacuum(${Math.min(PAGES_AT_ONCE, free - PAGES_TO_SPARE)})`)
  const left = Number(connection.prepare('PRAGMA freelist_count').get()?.['freelist_count'])
  return left > PAGES_TO_SPARE && left < free
}
