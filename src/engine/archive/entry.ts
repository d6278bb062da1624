import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import type { FetchedFile } from '../../fetching/fetched-file.ts'
import { EntryBody } from './entry-body.ts'
import { chooseMethod, METHODS } from './methods.ts'
import type { Place } from './places.ts'
import { directoryHeader, LIMIT_32, localHeader, localHeaderLength } from './zip-format.ts'

/** What a file needs to get into an archive. */
export interface EntryOrder {
  readonly path: string
  readonly source: FetchedFile
  /** The date of a file whose source names none. */
  readonly now: Date
  readonly archive: FileHandle
  readonly place: Place
  /** See {@link BodyTarget.spillPath}. */
  readonly spillPath: string
  readonly signal: AbortSignal
}

/** A file that is in an archive. */
export interface WrittenEntry {
  /** Its line of the table of contents. */
  readonly directoryHeader: Buffer
  /** In bytes, before it was deflated. */
  readonly size: number
}

interface Tally {
  crc: number
  size: number
}

const DEFLATE = { level: 6, chunkSize: 64 * 1024 } as const

/**
 * Writes a file into its place of an archive. The header is written last, with everything in it: an archive with sizes
 * behind the data of its files cannot be read from front to back by everybody.
 */
export async function writeEntry(order: EntryOrder): Promise<WrittenEntry> {
  const { path, source, archive, place, spillPath, signal } = order
  const name = Buffer.from(path)
  const method = chooseMethod(path, source.size)
  const isStored = method === METHODS.stored
  // Data that goes to its place while its length is not known has a header with room for any length.
  const mayBeLarge = !isStored || source.size === undefined || source.size >= LIMIT_32
  const offset = localHeaderLength(name, mayBeLarge)
  if (isStored && source.size !== undefined) place.take(offset + source.size)

  const tally: Tally = { crc: 0, size: 0 }
  const content = measure(source.content, tally, signal)
  const body = new EntryBody({ archive, place, offset, spillPath })
  try {
    if (isStored) {
      await body.receive(content)
    } else {
      await pipeline(content, createDeflateRaw(DEFLATE), (data) => body.receive(data), { signal })
    }
    const sizes = { size: tally.size, compressedSize: body.bytes }
    const isLarge = Math.max(sizes.size, sizes.compressedSize) >= LIMIT_32
    const large = body.isInPlace ? mayBeLarge : isLarge
    const record = { name, method, date: source.date ?? order.now, crc: tally.crc, large, ...sizes }
    const header = localHeader(record)
    place.take(header.length + body.bytes)
    const start = await place.start
    await body.finish(header, start)
    return { directoryHeader: directoryHeader(record, start), size: tally.size }
  } finally {
    await body.close()
  }
}

async function* measure(
  content: AsyncIterable<Uint8Array>,
  tally: Tally,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    signal.throwIfAborted()
    tally.crc = crc32(chunk, tally.crc)
    tally.size += chunk.length
    yield chunk
  }
}
