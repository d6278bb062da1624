import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileTrouble } from './file-trouble.ts'

/** How long a lock is waited for that others hold for moments only, in milliseconds. */
const LONGEST_WAIT_MS = 10_000

/** Between two looks whether it is free, in milliseconds. */
const LOOK_INTERVAL_MS = 10

/**
 * The connections that hold locks. One that nothing refers to is closed when garbage is collected, and its lock would be gone
 * while whoever has taken it still lives.
 */
const held = new Set<DatabaseSync>()

/**
 * Takes a lock that one holder has at a time, of all processes and within this one. It is a transaction of SQLite, which the
 * system ends with the process, however that ends; the file stays and says nothing.
 *
 * @returns what lets go of it; undefined when somebody else has it
 * @throws {Error} one sentence when the file cannot be written
 */
export function takeLock(file: string): (() => void) | undefined {
  makePrivate(file)
  const connection = new DatabaseSync(file, { timeout: 0, open: false })
  try {
    connection.open()
    connection.exec('BEGIN EXCLUSIVE')
    held.add(connection)
    return () => {
      if (held.delete(connection)) connection.close()
    }
  } catch (error) {
    if (connection.isOpen) connection.close()
    if (error instanceof Error && error.message.includes('locked')) return undefined
    throw fileTrouble(file, error)
  }
}

/**
 * Makes an empty file that only its owner may read, unless it is there. One that is there must not even be opened: to close it
 * would take the locks from everything in this process that has it open (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export function makePrivate(file: string): void {
  if (existsSync(file)) return
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch {
    // Somebody else has just made it, or SQLite will say what is wrong.
  }
}

/**
 * Does `work` while nobody else does work under the same lock, in this process or another.
 *
 * @throws {Error} one sentence when others take too long
 */
export async function underLock<T>(
  file: string,
  work: () => Promise<T>,
  longestWaitMs = LONGEST_WAIT_MS,
): Promise<T> {
  const deadline = performance.now() + longestWaitMs
  let letGo = takeLock(file)
  while (letGo === undefined) {
    if (performance.now() > deadline) {
      throw new Error(`${file} has been held by another process for too long; try again later.`)
    }
    await sleep(LOOK_INTERVAL_MS)
    letGo = takeLock(file)
  }
  try {
    return await work()
  } finally {
    letGo()
  }
}
