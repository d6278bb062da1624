import { fromRandomAccessReaderPromise, openPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { ServiceError } from '../../../base/errors.ts'
import type { ArchiveEntry } from '../api.ts'
import type { Storage } from './storage.ts'

/** More entries are not read. */
const MOST_ENTRIES = 10_000

/** What is read of an archive at a time, in bytes. Its directory is at the end, and of some 100 bytes an entry. */
const BLOCK_BYTES = 1024 * 1024

/**
 * Lists what is in an archive, of which only the directory is read.
 *
 * @param size - of the archive, in bytes
 * @returns the first 10,000 entries
 * @throws {ServiceError} 404 when it is no ZIP archive, or damaged
 */
export async function readEntries(
  storage: Storage,
  key: string,
  size: number,
): Promise<ArchiveEntry[]> {
  return listEntries(() => fromRandomAccessReaderPromise(new ObjectReader(storage, key), size))
}

/** The same of a file of this machine. */
export async function readFileEntries(file: string): Promise<ArchiveEntry[]> {
  return listEntries(() => openPromise(file))
}

async function listEntries(open: () => Promise<ZipFile>): Promise<ArchiveEntry[]> {
  try {
    const zip = await open()
    const entries: ArchiveEntry[] = []
    for await (const { fileName, uncompressedSize, compressedSize } of zip.eachEntry()) {
      entries.push({ path: fileName, size: uncompressedSize, compressedSize })
      if (entries.length === MOST_ENTRIES) break
    }
    zip.close()
    return entries
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // A damaged directory may lead to where there is nothing.
    if (error instanceof ServiceError && error.status !== 416) throw error
    throw new ServiceError(
      'not_found',
      `This is no ZIP archive that can be read: ${error.message}`,
      {
        cause: error,
      },
    )
  }
}

/** Reads an object in blocks, of which the last one is kept. */
class ObjectReader extends RandomAccessReader {
  readonly #storage: Storage
  readonly #key: string
  #block = { start: 0, bytes: Buffer.alloc(0) }

  constructor(storage: Storage, key: string) {
    super()
    this.#storage = storage
    this.#key = key
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: unknown, bytesRead?: number) => void,
  ): void {
    this.#read(position, length).then(
      (bytes) => callback(null, bytes.copy(target, offset)),
      (error: unknown) => callback(error),
    )
  }

  async #read(position: number, length: number): Promise<Buffer> {
    const { start, bytes } = this.#block
    if (position < start || position + length > start + bytes.length) {
      const end = position + Math.max(length, BLOCK_BYTES) - 1
      const range = { range: `bytes=${position}-${end}` }
      const response = await this.#storage.get(this.#key, { headers: range })
      this.#block = { start: position, bytes: Buffer.from(await response.arrayBuffer()) }
    }
    const from = position - this.#block.start
    return this.#block.bytes.subarray(from, from + length)
  }
}
