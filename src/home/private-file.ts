import { open, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type * as z from 'zod/mini'
import { parseJson } from '../base/json.ts'
import { underLock } from './file-lock.ts'
import { type Complete, readKeptJson } from './kept-json.ts'

/** What files are called that {@link writePrivateFile} has not written to their end. */
export const DRAFT = /\.\d+\.draft$/

/** Writes a file that only its owner may read, whole or not at all. On return it is on disk. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.draft`
  await writeFile(draft, text, { mode: 0o600, flush: true })
  await rename(draft, file)
  await syncFolder(path.dirname(file))
}

/**
 * Does `work`, which reads files of a folder and writes them anew, while no other process does such work there: commands that
 * are run beside the service, or beside each other, lose nothing of each other's.
 *
 * @throws {Error} one sentence when another process takes too long
 */
export function changeFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  return underLock(path.join(folder, 'changes.lock'), work)
}

/** Makes sure that the names of the files in a folder are on disk; their contents are another matter. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Reads a JSON file of the service's state, or makes it at the first start.
 *
 * @param complete - adds what an older version did not write yet; without it such a file is damaged
 * @throws {Error} when the file is there but is not what the service wrote
 */
export async function openPrivateJson<T>(
  file: string,
  schema: z.ZodMiniType<T>,
  make: () => Promise<T>,
  complete?: Complete,
): Promise<T> {
  const kept = await readIfThere(file)
  if (kept !== undefined) return readKept(file, kept, schema, complete)
  const value = await make()
  return changeFolder(path.dirname(file), async () => {
    // Whoever was first has used it already.
    const others = await readIfThere(file)
    if (others !== undefined) return readKept(file, others, schema, complete)
    await writePrivateFile(file, JSON.stringify(value, undefined, 2))
    return value
  })
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

async function readKept<T>(
  file: string,
  text: string,
  schema: z.ZodMiniType<T>,
  complete: Complete | undefined,
): Promise<T> {
  const read = await readKeptJson(parseJson(text), schema, complete)
  if (!('value' in read)) throw damaged(file, read)
  if (read.isCompleted) await writePrivateFile(file, JSON.stringify(read.value, undefined, 2))
  return read.value
}

function damaged(file: string, cause: unknown): Error {
  return new Error(`${file} is damaged; delete it to have it made anew.`, { cause })
}
