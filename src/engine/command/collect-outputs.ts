import { constants } from 'node:fs'
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

/**
 * Finds the regular files that a command has left, by their names. Links, pipes and the like are passed over, and so is what
 * has another name somewhere else. It is called when no process of the command is left.
 */
export async function collectOutputs(folder: string, below = ''): Promise<CommandOutput[]> {
  const found: CommandOutput[] = []
  for (const part of (await readdir(join(folder, below))).toSorted()) {
    const name = below === '' ? part : `${below}/${part}`
    const path = join(folder, name)
    const facts = await lstat(path)
    if (facts.isDirectory()) found.push(...(await collectOutputs(folder, name)))
    else if (facts.isFile() && facts.nlink === 1) found.push({ name, path, size: facts.size })
  }
  return found
}

/** Opens a file that a command has left; never through a link. */
export async function openOutput({ path }: CommandOutput) {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  return file.createReadStream()
}
