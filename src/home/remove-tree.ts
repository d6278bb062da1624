import { randomUUID } from 'node:crypto'
import { lstatSync, rmSync } from 'node:fs'
import { chmod, opendir, rename, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'

/** How many files are removed before others have their turn. */
const REMOVED_AT_ONCE = 200

/** Systems take no path that is longer than some thousand characters, and one can be made step by step. */
const LONGEST_PATH = 1000

/**
 * Removes a folder that nobody writes to, with all that is in it, whatever somebody has made there: folders that are closed, or as deep
 * as no path leads. Node's own `rm` fails at these, and has all names of a folder in memory, and a promise for each. What is not there
 * need not be removed; of a link nothing but itself is.
 *
 * @throws when the system does not let it
 */
export async function removeTree(folder: string): Promise<void> {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) await removeWithin(folder, folder)
  else rmSync(folder, { force: true })
}

/** @param top - where folders are moved to that are too deep */
async function removeWithin(top: string, folder: string): Promise<void> {
  // Its owner may have closed it to everybody.
  await ifThere(() => chmod(folder, 0o700))
  const entries = await ifThere(() => opendir(folder, { bufferSize: REMOVED_AT_ONCE }))
  if (entries === undefined) return
  let seen = 0
  for await (const entry of entries) {
    const file = path.join(folder, entry.name)
    if (!entry.isDirectory()) rmSync(file, { force: true })
    else if (file.length - top.length < LONGEST_PATH) await removeWithin(top, file)
    else {
      const near = path.join(top, randomUUID())
      await ifThere(() => rename(file, near))
      await removeWithin(top, near)
    }
    seen += 1
    if (seen % REMOVED_AT_ONCE === 0) await turn()
  }
  await ifThere(() => rmdir(folder))
}

/** Undefined for what somebody else has removed meanwhile. */
async function ifThere<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
