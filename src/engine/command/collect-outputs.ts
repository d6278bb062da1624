import { constants, type Stats } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A file that a command has left. */
export interface CommandOutput {
  /** Below `/output`, with `/` between its parts. */
  readonly name: string
  readonly path: string
  /** In bytes. */
  readonly size: number
}

/** What is deeper than this is not looked at. */
const MOST_DEPTH = 16

/** Whatever is in a folder, at any depth; no link is followed. */
async function* lookInto(
  folder: string,
  below = '',
  depth = 1,
): AsyncGenerator<{ readonly name: string; readonly path: string; readonly facts: Stats }> {
  const names = await readdir(join(folder, below)).catch(() => [])
  for (const part of names.toSorted((one, other) => (one < other ? -1 : 1))) {
    const name = below === '' ? part : `${below}/${part}`
    const path = join(folder, name)
    // A command that still runs may have removed it.
    const facts = await lstat(path).catch(() => undefined)
    if (facts === undefined) continue
    yield { name, path, facts }
    if (facts.isDirectory() && depth < MOST_DEPTH) yield* lookInto(folder, name, depth + 1)
  }
}

/** How much a command has left so far: how many files, folders and the like, and how many bytes. */
export async function measureOutputs(folder: string): Promise<{ count: number; bytes: number }> {
  let count = 0
  let bytes = 0
  for await (const { facts } of lookInto(folder)) {
    count += 1
    bytes += facts.size
  }
  return { count, bytes }
}

/**
 * Finds the regular files that a command has left, by their names. Links, pipes and the like are passed over, and so is what
 * has another name somewhere else. It is called when no process of the command is left.
 */
export async function collectOutputs(folder: string): Promise<CommandOutput[]> {
  const found: CommandOutput[] = []
  for await (const { name, path, facts } of lookInto(folder)) {
    if (facts.isFile() && facts.nlink === 1) found.push({ name, path, size: facts.size })
  }
  return found
}

/** Opens a file that a command has left; never through a link. */
export async function openOutput({ path }: CommandOutput) {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  return file.createReadStream()
}
