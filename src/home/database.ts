import type { StatementSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { refuseFullDisk } from '../base/full-disk.ts'
import { giveBack, openSqliteFile } from './sqlite-file.ts'

/**
 * The shortest time between two commits under load, in milliseconds. There is load when a commit has had the work of
 * several; then those of a few milliseconds share one wait for the disk instead of holding up the event loop each for its
 * own. What comes alone is committed at once, since what somebody does step by step would wait at each step.
 */
const COMMIT_INTERVAL_MS = 4

/** How many rows one step of a sweep removes, or looks at: a few milliseconds of work, with all that goes with them. */
export const SWEPT_AT_ONCE = 100

/** A SQLite file that many write to, such as that of all accepted work. */
export interface Database {
  prepare: (sql: string) => StatementSync
  /**
   * Runs `work`, all of it or nothing, and resolves with what it returned once that is safely on the disk. Works that
   * come shortly after each other share one transaction.
   */
  write: <T>(work: () => T) => Promise<T>
  /**
   * Removes what nobody needs any more, without holding up anybody for long: each step is a work of its own, see
   * {@link SWEPT_AT_ONCE}, and others have their turn in between. Then what has become free of the file is given back to the
   * disk in the same way, unless it is so little that it will be needed again.
   *
   * @param step - removes some, and says whether there may be more
   */
  sweep: (step: () => boolean) => Promise<void>
  /** Writes what is there already, to see whether the disk takes it; rejects as {@link Database.write} does. */
  tryWriting: () => Promise<void>
  close: () => void
}

interface QueuedWork {
  run: () => void
  reject: (error: unknown) => void
  resolve: () => void
}

/**
 * Opens the file, which no other process may write to.
 *
 * @param disk - whose disk is full when there is no space left, as in "The disk of the service is full"
 * @throws {Error} one sentence, see {@link openSqliteFile}
 */
export function openDatabase(
  file: string,
  migrations: readonly string[],
  disk = 'service',
): Database {
  const connection = openSqliteFile(file, { migrations, synchronous: 'FULL' })

  let queue: QueuedWork[] = []
  let committedAt = Number.NEGATIVE_INFINITY
  let isShared = false

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
      const refusal = refuseFullDisk(error, disk)
      for (const work of works) work.reject(refusal)
      if (connection.isOpen && connection.isTransaction) connection.exec('ROLLBACK')
      return
    }
    committedAt = performance.now()
    isShared = works.length > 1
    for (const work of done) work.resolve()
  }

  function scheduleCommit(): void {
    const wait = committedAt + COMMIT_INTERVAL_MS - performance.now()
    if (isShared && wait > 0) setTimeout(commitQueue, wait)
    else setImmediate(commitQueue)
  }

  function write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T
      if (queue.length === 0) scheduleCommit()
      queue.push({
        run: () => {
          result = work()
        },
        resolve: () => resolve(result),
        reject,
      })
    })
  }

  return {
    prepare: (sql) => connection.prepare(sql),
    write,
    async sweep(step) {
      while (await write(step)) await turn()
      while (connection.isOpen && giveBack(connection)) await turn()
    },
    // The page that says this is written though it says the same.
    tryWriting: () => write(() => connection.exec(`PRAGMA user_version = ${migrations.length}`)),
    close: () => {
      if (!connection.isOpen) return
      commitQueue()
      connection.close()
    },
  }
}
