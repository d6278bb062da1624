import type { SQLInputValue } from 'node:sqlite'
import { openSqliteFile } from '../../home/sqlite-file.ts'

/**
 * What the developer page remembers, as version 0.1.0 made it. Times are milliseconds since 1970. A request is one JSON document, which is read and
 * written as a whole.
 */
const VERSION_1 = `
  CREATE TABLE IF NOT EXISTS sources (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    file TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    -- Whether the service has taken it; what a kill left in between was never answered.
    accepted INTEGER NOT NULL DEFAULT 0,
    -- Whether a rendition of it has no event yet.
    pending INTEGER NOT NULL DEFAULT 1,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS pending_requests ON requests (number) WHERE pending = 1;
  -- Which sources the history needs.
  CREATE TABLE IF NOT EXISTS request_sources (
    request TEXT NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    PRIMARY KEY (request, source)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS requests_of_source ON request_sources (source);
  CREATE TABLE IF NOT EXISTS profiles (
    name TEXT PRIMARY KEY,
    renditions TEXT NOT NULL
  ) STRICT;
  -- Where the journal goes on; one row, or none.
  CREATE TABLE IF NOT EXISTS journal (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    next TEXT NOT NULL
  ) STRICT;
  -- Tables that another version has made are told by what they lack.
  SELECT number, id, file FROM sources LIMIT 0;
  SELECT number, id, accepted, pending, document FROM requests LIMIT 0;
  SELECT request, source FROM request_sources LIMIT 0;
  SELECT name, renditions FROM profiles LIMIT 0;
  SELECT only, next FROM journal LIMIT 0;
`

/** What the actions printed for tasks of the jobs API. */
const VERSION_2 = `
  CREATE TABLE task_activations (
    id TEXT PRIMARY KEY,
    task TEXT NOT NULL,
    action TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    -- The lines, as JSON.
    logs TEXT NOT NULL
  ) STRICT;
  CREATE INDEX activations_of_task ON task_activations (task, began_at);
  CREATE INDEX activations_by_end ON task_activations (ended_at);
`

/** Which run a request belongs to. Until then nobody knew that; each of the older ones is a run of its own. */
const VERSION_3 = `
  ALTER TABLE requests ADD COLUMN run TEXT NOT NULL DEFAULT '';
  UPDATE requests SET run = id;
  UPDATE requests SET document = json_set(document, '$.run', json_object(
    'id', id, 'position', 0, 'renditions', coalesce(json_array_length(document, '$.renditions'), 0)
  )) WHERE json_valid(document) AND json_type(document) = 'object';
  CREATE INDEX requests_of_run ON requests (run, number);
`

/** See `SqliteOptions.migrations`. */
export const PAGE_MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2, VERSION_3]

/** The SQLite file of the developer page. */
export interface PageDatabase {
  /** Reads rows. */
  all: (sql: string, ...values: SQLInputValue[]) => unknown[]
  /** Changes something; returns how many rows. */
  run: (sql: string, ...values: SQLInputValue[]) => number
  /** Runs `work`, all of it or nothing. */
  transaction: (work: () => void) => void
  close: () => void
}

/**
 * Opens the file, which no other process may write to. What was written survives a killed process, and all but the last
 * of it a power cut: it is no reason to wait for the disk.
 *
 * @throws {Error} one sentence, when another service uses it, or it is damaged or of another version
 */
export function openPageDatabase(file: string): PageDatabase {
  const connection = openSqliteFile(file, {
    migrations: PAGE_MIGRATIONS,
    synchronous: 'NORMAL',
    remedy: 'delete it to begin anew, without the history of the developer page',
  })
  const statements = new Map<string, ReturnType<typeof connection.prepare>>()

  function prepare(sql: string) {
    const statement = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }

  return {
    all: (sql, ...values) => prepare(sql).all(...values),
    run: (sql, ...values) => Number(prepare(sql).run(...values).changes),
    transaction(work) {
      connection.exec('BEGIN IMMEDIATE')
      try {
        work()
        connection.exec('COMMIT')
      } catch (error) {
        if (connection.isTransaction) connection.exec('ROLLBACK')
        throw error
      }
    },
    close() {
      if (connection.isOpen) connection.close()
    },
  }
}
