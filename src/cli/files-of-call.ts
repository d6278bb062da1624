import { existsSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { UsageError } from './arguments.ts'

/** @throws {UsageError} when there is no file of this name */
export function checkFile(file: string): void {
  if (!existsSync(file)) throw new UsageError(`${file}: there is no such file.`)
  if (!statSync(file).isFile()) throw new UsageError(`${file}: this is not a file.`)
}

/**
 * @param option - what names it
 * @throws {UsageError} when there is no folder of this name
 */
export function checkFolder(option: string, folder: string): void {
  if (!existsSync(folder)) throw new UsageError(`${option} ${folder}: there is no such folder.`)
  if (statSync(folder).isDirectory()) return
  throw new UsageError(`${option} ${folder}: this is a file, and it must be a folder.`)
}

/**
 * Makes the folder of `--out`, unless it is there.
 *
 * @throws {UsageError} when it cannot be made
 */
export async function makeOutFolder(out: string): Promise<void> {
  if (existsSync(out)) return checkFolder('--out', out)
  await mkdir(out, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out ${out}: the folder cannot be made (${error.code}).`)
  })
}
