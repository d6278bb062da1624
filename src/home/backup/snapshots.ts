import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { makePrivate } from '../file-lock.ts'

/** How long another process may hold a file, in milliseconds. */
const TIMEOUT_MS = 10_000

/** How many pages of 4 KB are copied before a signal has its turn. */
const PAGES_AT_ONCE = 1000

/** The SQLite files of a state folder as they were at one moment, whatever a service does with them meanwhile. */
export interface Snapshots {
  /** The rows that a query finds, of a file by its path relative to the state folder; none where there is no such file. */
  readonly rows: (database: string, query: string) => Iterable<unknown>
  /** Writes them as files, with the same paths, below another folder. */
  readonly copyTo: (folder: string, signal: AbortSignal) => Promise<void>
  readonly close: () => void
}

/**
 * Looks at all of them at once, as nearly as can be: within a millisecond or so, in their order.
 *
 * @param databases - paths relative to `home`; what others refer to comes last, so that it is not older than they are
 * @throws {Error} one sentence, when one is damaged or held by a service of another version
 */
export function takeSnapshots(home: string, databases: readonly string[]): Snapshots {
  const connections = new Map<string, DatabaseSync>()
  const close = (): void => {
    for (const connection of connections.values()) connection.close()
  }
  let current = ''
  try {
    for (const name of databases) {
      current = path.join(home, name)
      const connection = new DatabaseSync(current, { readOnly: true, timeout: TIMEOUT_MS })
      connections.set(name, connection)
      // What takes time comes before the first moment: whoever was killed has left a log that is read now.
      connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    }
    for (const [name, connection] of connections) {
      current = path.join(home, name)
      connection.exec('BEGIN')
      // SQLite begins to look when something is read.
      connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    }
  } catch (error) {
    close()
    throw unreadable(current, error)
  }

  return {
    rows(database, query) {
      return connections.get(database)?.prepare(query).iterate() ?? []
    },
    async copyTo(folder, signal) {
      for (const [name, connection] of connections) {
        const copy = path.join(folder, name)
        mkdirSync(path.dirname(copy), { recursive: true, mode: 0o700 })
        makePrivate(copy)
        const progress = (): void => signal.throwIfAborted()
        await backup(connection, copy, { rate: PAGES_AT_ONCE, progress })
      }
    },
    close,
  }
}

function unreadable(file: string, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error)
  return new Error(`${file} cannot be read: ${why}; npm run doctor tells more.`, { cause: error })
}
