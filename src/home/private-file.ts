import { readFile, rename, writeFile } from 'node:fs/promises'
import * as z from 'zod/mini'

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.draft`
  await writeFile(draft, text, { mode: 0o600 })
  await rename(draft, file)
}

/**
 * Reads a JSON file of the service's state, or makes it at the first start.
 *
 * @throws {Error} when the file is there but is not what the service wrote
 */
export async function openPrivateJson<T>(
  file: string,
  schema: z.ZodMiniType<T>,
  make: () => Promise<T>,
): Promise<T> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) {
    const value = await make()
    await writePrivateFile(file, JSON.stringify(value, undefined, 2))
    return value
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new Error(`${file} is damaged; delete it to have it made anew.`, { cause: error })
  }
}
