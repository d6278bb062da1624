import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'

/**
 * Writes a file that has another name until it is whole. What breaks off leaves nothing behind, and a file that is to be replaced is
 * what it was.
 *
 * @param write - writes to the file of that name, which is not there
 */
export async function writeWhole(
  file: string,
  write: (unfinished: string) => Promise<unknown>,
): Promise<void> {
  const unfinished = path.join(path.dirname(file), `.${randomUUID()}.part`)
  try {
    await write(unfinished)
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** There is a file already where one is to be written. */
export class FileExists extends Error {
  override readonly name = 'FileExists'

  constructor(file: string, cause: unknown) {
    super(`${file} is there already.`, { cause })
  }
}

/**
 * Writes a file that is not there. What breaks off leaves nothing behind.
 *
 * @param write - writes to the file of that name, and rejects with EEXIST when there is one
 * @throws {FileExists} when there is one
 */
export async function writeNew(
  file: string,
  write: (file: string) => Promise<unknown>,
): Promise<void> {
  try {
    await write(file)
  } catch (error) {
    if (isExists(error)) throw new FileExists(file, error)
    await rm(file, { force: true })
    throw error
  }
}

function isExists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
