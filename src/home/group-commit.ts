import type { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import { refuseFullDisk } from '../base/full-disk.ts'
import { giveBack } from './sqlite-file.ts'

/**
 * The shortest time between two commits under load, in milliseconds. There is load when a commit has had the work of
 * several; then those of a few milliseconds share one wait for the disk instead of holding up the event loop each for its
 * own. What comes alone is committed at once, since what somebody does step by step would wait at each step.
 */
const COMMIT_INTERVAL_MS = 4

/** How many rows one step of a sweep removes, or looks at: a few milliseconds of work, with all that goes with them. */
export const SWEPT_AT_ONCE = 100

/** Writes to a SQLite file: works that come shortly after each other share one transaction. */
export interface GroupCommit {
  /**
   * Runs `work`, all of it or nothing, and resolves with what it returned once that is safely on the disk. A work may wait for nothing
   * but what it asks of the file.
   */
  readonly write: <T>(work: () => T | Promise<T>) => Promise<T>
  /**
   * Removes what nobody needs any more, without holding up anybody for long: each step is a work of its own, see
   * {@link SWEPT_AT_ONCE}, and others have their turn in between. Then what has become free of the file is given back to the
   * disk in the same way, unless it is so little that it will be needed again.
   *
   * @param step - removes some, and says whether there may be more
   */
  readonly sweep: (step: () => boolean | Promise<boolean>) => Promise<void>
  /** Writes what is there already, to see whether the disk takes it; rejects as {@link GroupCommit.write} does. */
  readonly tryWriting: () => Promise<void>
  /** Closes the connection, once what was given to write is written. */
  readonly close: () => Promise<void>
}

interface QueuedWork {
  /** Undefined when it has run already. */
  readonly run: () => Promise<void> | undefined
  readonly reject: (error: unknown) => void
  readonly resolve: () => void
}

/**
 * Makes what writes by a connection, which nobody else may write by.
 *
 * @param disk - whose disk is full when there is no space left, as in "The disk of the service is full"
 */
export function createGroupCommit(connection: DatabaseSync, disk: string): GroupCommit {
  let queue: QueuedWork[] = []
  let committedAt = Number.NEGATIVE_INFINITY
  let isShared = false
  const closing = new AbortController()
  /** Resolves after the commit that is under way, or waits for its time; undefined when there is none. */
  let commit: Promise<void> | undefined

  async function commitQueue(): Promise<void> {
    const works = queue
    queue = []
    const done: QueuedWork[] = []
    try {
      connection.exec('BEGIN IMMEDIATE')
      for (const work of works) {
        const ran = runWork(work)
        // Works that wait for nothing are committed before anybody else has a turn.
        if (typeof ran === 'boolean' ? ran : await ran) done.push(work)
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

  /** @returns whether it is to be committed */
  function runWork({ run, reject }: QueuedWork): boolean | Promise<boolean> {
    function keep(): boolean {
      connection.exec('RELEASE work')
      return true
    }
    function undo(error: unknown): boolean {
      connection.exec('ROLLBACK TO work; RELEASE work')
      reject(error)
      return false
    }
    connection.exec('SAVEPOINT work')
    let running: Promise<void> | undefined
    try {
      running = run()
    } catch (error) {
      return undo(error)
    }
    return running === undefined ? keep() : running.then(keep, undo)
  }

  async function commitAll(): Promise<void> {
    while (queue.length > 0) {
      const waitMs = committedAt + COMMIT_INTERVAL_MS - performance.now()
      if (isShared && waitMs > 0) await untilAborted(waitMs, closing.signal)
      await turn()
      await commitQueue()
    }
    commit = undefined
  }

  function write<T>(work: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: T
      queue.push({
        run() {
          const made = work()
          if (made instanceof Promise) {
            return made.then((value: T) => {
              result = value
            })
          }
          result = made
          return undefined
        },
        resolve: () => resolve(result),
        reject,
      })
      commit ??= commitAll()
    })
  }

  return {
    write,
    async sweep(step) {
      while (await write(step)) await turn()
      while (connection.isOpen && giveBack(connection)) await turn()
    },
    tryWriting: () =>
      write(() => {
        // The page that says this is written though it says the same.
        const version = connection.prepare('PRAGMA user_version').get()?.['user_version']
        connection.exec(`PRAGMA user_version = ${Number(version)}`)
      }),
    async close() {
      closing.abort()
      await commit
      if (connection.isOpen) connection.close()
    },
  }
}

/** Resolves after so many milliseconds, or when the signal aborts. */
function untilAborted(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal }).catch(() => undefined)
}
