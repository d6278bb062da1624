import { rmSync } from 'node:fs'
import { opendir, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'

/** How many files are removed before others have their turn. */
const REMOVED_AT_ONCE = 200

/**
 * Removes a folder that nobody writes to, with all that is in it. Node's own `rm` has all names of a folder in memory for that, and
 * a promise for each.
 */
export async function removeTree(folder: string): Promise<void> {
  let seen = 0
  for await (const entry of await opendir(folder, { bufferSize: REMOVED_AT_ONCE })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) await removeTree(file)
    else rmSync(file, { force: true })
    seen += 1
    if (seen % REMOVED_AT_ONCE === 0) await turn()
  }
  await rmdir(folder)
}
