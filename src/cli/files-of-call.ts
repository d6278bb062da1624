import { existsSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { UsageError } from './arguments.ts'

/** @throws {UsageError} when there is no file of this name */
export function checkFile(file: string): void {
  if (!existsSync(file)) throw new UsageError(`${file}: there is no such file.`)
  if (!statSync(file).isFile()) throw new UsageError(`${file}: this is not a file.`)
}

/**
 * Makes the folder of `--out`, unless it is there.
 *
 * @throws {UsageError} when it cannot be made
 */
export async function makeOutFolder(out: string): Promise<void> {
  await mkdir(out, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out ${out}: the folder cannot be made (${error.code}).`)
  })
}
