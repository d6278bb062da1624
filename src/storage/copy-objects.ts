import { createHash } from 'node:crypto'
import path from 'node:path'
import { chunksOf, type FileSlice } from '../base/read-slices.ts'
import type { ObjectStore } from './object-store.ts'
import { openPartIndex } from './part-index.ts'

/** A file that is to be an object elsewhere. */
export interface CopiedObject {
  readonly key: string
  readonly contentType: string
  /** What it is made of. */
  readonly slices: readonly FileSlice[]
}

/**
 * The objects of a folder that no service has; those whose uploads have not come to their end are not among them.
 *
 * @param index - the SQLite file that knows them, which is opened for writing: a copy
 * @param folder - that with the files of their parts
 */
export function* objectsOfFolder(index: string, folder: string): Generator<CopiedObject> {
  const known = openPartIndex(index)
  try {
    for (const key of known.keys('')) {
      const parts = known.partsOf(key)
      const [first] = parts
      if (first === undefined) continue
      const slices = parts.map(({ file, size, checksum }) => ({
        path: path.join(folder, file),
        start: 0,
        end: size,
        checksum: checksum ?? undefined,
      }))
      yield { key, contentType: first.contentType, slices }
    }
  } finally {
    known.close()
  }
}

/**
 * Copies an object to a store elsewhere unless it is there already, reads it there and compares.
 *
 * @returns how large it is, in bytes
 * @throws {Error} one sentence, when a file is not what was stored, or the object is not the same in the end
 */
export async function copyObject(
  { key, contentType, slices }: CopiedObject,
  store: Pick<ObjectStore, 'put' | 'open'>,
): Promise<number> {
  const size = slices.reduce((sum, { start, end }) => sum + end - start, 0)
  const expected = await hashOf(chunksOf(slices))
  if ((await hashThere(store, key)) === expected) return size
  await store.put({ key, body: chunksOf(slices), size: { announced: size }, contentType })
  if ((await hashThere(store, key)) === expected) return size
  throw new Error(`The object ${JSON.stringify(key)} is not the same in the storage elsewhere.`)
}

async function hashThere(
  store: Pick<ObjectStore, 'open'>,
  key: string,
): Promise<string | undefined> {
  const content = await store.open(key)
  return content === undefined ? undefined : hashOf(content)
}

async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}
