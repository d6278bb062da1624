import {
  linkSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  rmSync,
  type Stats,
  symlinkSync,
} from 'node:fs'
import { opendir } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'

/** How many files are linked before others have their turn, such as a signal that ends it. */
const LINKED_AT_ONCE = 500

/**
 * Gives the files of a folder a second name in another folder: that takes no space, and no time for their bytes, and they are there
 * even when the first name is gone. What is there already is left, unless another file has its name by now. Files of a folder
 * come before its folders.
 *
 * @param options.skips - whether to leave out what has this path, relative to `from` and with slashes
 * @throws {Error} one sentence when the disk knows no second names
 */
export async function linkTree(
  from: string,
  to: string,
  options: { skips: (name: string) => boolean; signal: AbortSignal },
  within = '',
): Promise<void> {
  mkdirSync(to, { recursive: true, mode: 0o700 })
  const folders: string[] = []
  let seen = 0
  for await (const entry of await opendir(from, { bufferSize: LINKED_AT_ONCE })) {
    seen += 1
    if (seen % LINKED_AT_ONCE === 0) await turn()
    options.signal.throwIfAborted()
    const { name } = entry
    const relative = path.posix.join(within, name)
    if (options.skips(relative)) continue
    if (entry.isDirectory()) folders.push(name)
    else if (entry.isFile()) linkFile(path.join(from, name), path.join(to, name))
    else if (entry.isSymbolicLink()) copyLink(path.join(from, name), path.join(to, name))
  }
  for (const name of folders) {
    await ifThere(() =>
      linkTree(path.join(from, name), path.join(to, name), options, path.posix.join(within, name)),
    )
  }
}

/**
 * Gives a file a second name; one that is gone has none.
 *
 * @returns whether it has one now
 * @throws {Error} one sentence when the disk knows no second names
 */
export function linkFile(from: string, to: string): boolean {
  const source = statOf(from)
  const linked = statOf(to)
  if (source === undefined || source.ino === linked?.ino) return linked !== undefined
  if (linked !== undefined) rmSync(to)
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return false
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error
    throw new Error(
      `The disk of ${path.dirname(from)} has no hard links, without which a backup would change while it is written; stop the service and copy the folder.`,
      { cause: error },
    )
  }
}

function copyLink(from: string, to: string): void {
  rmSync(to, { force: true })
  symlinkSync(readlinkSync(from), to)
}

function statOf(file: string): Stats | undefined {
  return lstatSync(file, { throwIfNoEntry: false })
}

async function ifThere(work: () => Promise<void>): Promise<void> {
  await work().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
