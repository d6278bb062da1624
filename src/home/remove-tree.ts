import { randomUUID } from 'node:crypto'
import { chmodSync, closeSync, constants, lstatSync, openSync, rmSync } from 'node:fs'
import { opendir, rename, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'

/** How many files are removed before others have their turn. */
const REMOVED_AT_ONCE = 200

/** Systems take no path that is longer than some thousand characters, and one can be made step by step. */
const LONGEST_PATH = 1000

/** Each of so many folders, which are in each other, is held open. */
const DEEPEST = 100

/**
 * Removes a folder with all that is in it, whatever somebody has made there: folders that are closed, or as deep as no path leads. Who
 * is about to be ended may even put a link where a folder was. Node's own `rm` fails at these, and has all names of a folder in
 * memory, and a promise for each. What is not there need not be removed; of a link nothing but itself is.
 *
 * @throws when the system does not let it
 */
export async function removeTree(folder: string): Promise<void> {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) await removeWithin(folder)
  else rmSync(folder, { force: true })
}

/** @param above - the folders that it is in, of which the first is where those are moved to that are too deep */
async function removeWithin(folder: string, above: readonly string[] = []): Promise<void> {
  const held = await ifThere(() => hold(folder))
  if (held === undefined) return
  try {
    // Its owner may have closed it to everybody.
    chmodSync(held.path, 0o700)
    const within = [...above, held.path]
    let seen = 0
    for await (const entry of await opendir(held.path, { bufferSize: REMOVED_AT_ONCE })) {
      const file = path.join(held.path, entry.name)
      if (!entry.isDirectory()) rmSync(file, { force: true })
      else if (within.length < DEEPEST && file.length < LONGEST_PATH) {
        await removeWithin(file, within)
      } else {
        const [top = held.path] = within
        const near = path.join(top, randomUUID())
        await ifThere(() => rename(file, near))
        await removeWithin(near, [top])
      }
      seen += 1
      if (seen % REMOVED_AT_ONCE === 0) await turn()
    }
  } finally {
    held.close()
  }
  await ifThere(() => rmdir(folder))
}

/** Of a folder nothing but where it is, which takes no right to read it (open(2)); Node.js has no name for that. */
const O_PATH = 0o10000000

/**
 * Holds a folder, so that whatever is done in it is done in that very one, and in none that a link in its place leads to; Linux alone
 * lets it.
 */
async function hold(folder: string): Promise<{ path: string; close: () => void }> {
  if (process.platform !== 'linux') return { path: folder, close: () => undefined }
  const handle = openSync(folder, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW)
  return { path: `/proc/self/fd/${handle}`, close: () => closeSync(handle) }
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
