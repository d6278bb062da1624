import type { StatementSync } from 'node:sqlite'
import { refuseFullDisk } from '../base/full-disk.ts'
import { openSqliteFile } from './sqlite-file.ts'

/**
 * Everything that must outlive a killed process: who is registered, which renditions were asked for and how each
 * ended, and the journal. Times are milliseconds since 1970.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS registrations (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL UNIQUE,
    org_id TEXT NOT NULL,
    -- Events up to this position were swept: a reader who has not come so far has missed some.
    swept_position INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY,
    registration_id TEXT NOT NULL REFERENCES registrations ON DELETE CASCADE,
    request_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    org_id TEXT NOT NULL,
    token_id TEXT NOT NULL,
    source TEXT,
    user_data TEXT,
    accepted_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS requests_of_registration ON requests (registration_id);
  CREATE TABLE IF NOT EXISTS renditions (
    request INTEGER NOT NULL REFERENCES requests ON DELETE CASCADE,
    position INTEGER NOT NULL,
    instructions TEXT NOT NULL,
    -- URL of a custom worker, or the name of an action of this project.
    worker TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (request, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS pending_renditions ON renditions (request) WHERE pending = 1;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    registration_id TEXT NOT NULL REFERENCES registrations ON DELETE CASCADE,
    -- The token with which the rendition was asked for, and so the program that waits for the event.
    token_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_of_registration ON events (registration_id, position);
  CREATE INDEX IF NOT EXISTS events_by_age ON events (registration_id, created_at);
  CREATE INDEX IF NOT EXISTS events_by_token ON events (registration_id, token_id, position);
  CREATE TABLE IF NOT EXISTS readers (
    registration_id TEXT NOT NULL REFERENCES registrations ON DELETE CASCADE,
    token_id TEXT NOT NULL,
    -- The last position that was handed to this program.
    delivered INTEGER NOT NULL,
    PRIMARY KEY (registration_id, token_id)
  ) STRICT, WITHOUT ROWID;
`

/**
 * The shortest time between two commits, in milliseconds. A write that comes alone is committed at once; under load,
 * those of a few milliseconds share one wait for the disk instead of holding up the event loop each for its own.
 */
const COMMIT_INTERVAL_MS = 4

/** The gateway's SQLite file. */
export interface Database {
  prepare: (sql: string) => StatementSync
  /**
   * Runs `work`, all of it or nothing, and resolves with what it returned once that is safely on the disk. Works that
   * come shortly after each other share one transaction.
   */
  write: <T>(work: () => T) => Promise<T>
  close: () => void
}

interface QueuedWork {
  run: () => void
  reject: (error: unknown) => void
  resolve: () => void
}

/**
 * Opens the file, which no other process may have open.
 *
 * @throws {Error} one sentence, when another service uses it or it is damaged
 */
export function openDatabase(file: string): Database {
  const connection = openSqliteFile(file, { schema: SCHEMA, synchronous: 'FULL' })

  let queue: QueuedWork[] = []
  let committedAt = 0

  function commitQueue(): void {
    const works = queue
    if (works.length === 0) return
    queue = []
    const done: QueuedWork[] = []
    try {
      connection.exec('BEGIN IMMEDIATE')
      for (const work of works) {
        connection.exec('SAVEPOINT work')
        try {
          work.run()
          done.push(work)
        } catch (error) {
          connection.exec('ROLLBACK TO work')
          work.reject(error)
        }
        connection.exec('RELEASE work')
      }
      connection.exec('COMMIT')
    } catch (error) {
      // The disk refused, or the file is closed: nothing of this turn was written, and everybody in it is told.
      const refusal = refuseFullDisk(error, 'service')
      for (const work of works) work.reject(refusal)
      if (connection.isOpen && connection.isTransaction) connection.exec('ROLLBACK')
      return
    }
    committedAt = performance.now()
    for (const work of done) work.resolve()
  }

  function scheduleCommit(): void {
    const wait = committedAt + COMMIT_INTERVAL_MS - performance.now()
    if (wait > 0) setTimeout(commitQueue, wait)
    else setImmediate(commitQueue)
  }

  return {
    prepare: (sql) => connection.prepare(sql),
    write: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        let result: T
        if (queue.length === 0) scheduleCommit()
        queue.push({
          run: () => {
            result = work()
          },
          resolve: () => resolve(result),
          reject,
        })
      }),
    close: () => {
      if (!connection.isOpen) return
      commitQueue()
      connection.close()
    },
  }
}
