import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FetchError, type OpenSource } from './fetched-file.ts'

/** How long a server is given to send {@link LEAST_BYTES}, in milliseconds. */
const WINDOW_MS = 30_000

/** Less than this within {@link WINDOW_MS} is no sending; some 1 KB a second. */
const LEAST_BYTES = 30_000

/** How much may wait in memory for the disk: what comes in pieces of some kilobytes is written in a few. */
const WRITE_BUFFER_BYTES = 1024 * 1024

/** The most that a source has, in bytes, unless somebody says otherwise: longer videos than most, and no whole disk. */
export const MAX_SOURCE_BYTES: number = 10 * 1024 ** 3

/** What is saved, and how much of it. */
export interface SaveOptions {
  /** Opens the URL. */
  readonly open: OpenSource
  /** The most that the file may have, in bytes. */
  readonly mostBytes: number
  /** Ends the fetching. */
  readonly signal: AbortSignal
  /** Is told every {@link WINDOW_MS} how many bytes have come, and of how many where that is known. */
  readonly onProgress?: (bytes: number, size: number | undefined) => void
  /** In milliseconds, of a clock that nobody sets; that of the process unless given. */
  readonly now?: () => number
}

/**
 * Saves what is behind a URL that somebody else has chosen. Neither an endless file nor a server that drips holds whoever asks up,
 * or fills the disk.
 *
 * @param file - where it goes; there is none after a failure
 * @throws {@link FetchError} when it cannot be had, has too many bytes, or comes too slowly; and what writing the file fails with
 */
export async function saveFile(
  url: string,
  file: string,
  { open, mostBytes, signal, onProgress, now = () => performance.now() }: SaveOptions,
): Promise<void> {
  // What is refused by its size has begun to come.
  const refusing = new AbortController()
  const ending = AbortSignal.any([signal, refusing.signal])
  const { content, size, saveAtOnce } = await open(url, { from: 0, signal: ending })
  try {
    if (size !== undefined && size > mostBytes) {
      throw new FetchError(`it has ${size} bytes, more than the ${mostBytes} that a file may have`)
    }
    if (saveAtOnce?.(file) === true) return
    const written = createWriteStream(file, { highWaterMark: WRITE_BUFFER_BYTES })
    await pipeline(Readable.from(watch(content)), written)
  } catch (error) {
    refusing.abort()
    await rm(file, { force: true })
    throw error
  }

  async function* watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0
    let begun = now()
    let before = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > mostBytes) {
        throw new FetchError(`it has more than the ${mostBytes} bytes that a file may have`)
      }
      if (now() - begun >= WINDOW_MS) {
        if (bytes - before < LEAST_BYTES) {
          throw new FetchError(`it came slower than ${LEAST_BYTES} bytes in ${WINDOW_MS / 1000} s`)
        }
        begun = now()
        before = bytes
        onProgress?.(bytes, size)
      }
      yield chunk
    }
  }
}
