import { open } from 'node:fs/promises'
import { ReadableStream } from 'node:stream/web'
import { crc32 } from 'node:zlib'

/** Bytes from `start` up to and without `end`. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * Understands the `Range` header of a GET by RFC 9110, section 14.
 *
 * @param size - size of the object in bytes
 * @returns the range; `'unsatisfiable'` if it is outside the object; `undefined` if the header is to be ignored, as the RFC
 * allows for several ranges and demands for a malformed one
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '') ?? []
  if (first === '') return last === '' ? undefined : suffix(Number(last), size)
  const start = Number(first)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  if (last !== '' && Number(last) < start) return undefined
  return start < size ? { start, end } : 'unsatisfiable'
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' | undefined {
  if (length === 0) return 'unsatisfiable'
  // The end of nothing is satisfiable by the RFC, but no Content-Range can say so.
  return size === 0 ? undefined : { start: Math.max(size - length, 0), end: size }
}

/** Bytes of a file, from `start` up to and without `end`. */
export interface FileSlice {
  path: string
  start: number
  end: number
  /** CRC-32 that these bytes must have, when it is known. */
  checksum?: number | undefined
}

/** Large enough that the cost of a read hides behind the cost of sending it, small enough for many readers at once. */
const CHUNK_BYTES = 512 * 1024

/**
 * Reads slices one after the other as one stream, with one open file at a time. Of a slice that has not its checksum the last bytes
 * are not given, so that nobody takes it for whole.
 *
 * @param onEnd - called when the stream has ended, failed or been given up; again if two of these coincide
 */
export function readSlices(
  slices: readonly FileSlice[],
  onEnd: () => Promise<void>,
): ReadableStream<Uint8Array> {
  const chunks = chunksOf(slices)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next()
          if (!done) return controller.enqueue(value)
        } catch (error) {
          await onEnd()
          throw error
        }
        await onEnd()
        controller.close()
      },
      async cancel() {
        await chunks.return()
        await onEnd()
      },
    },
    // Nothing is read ahead, so a stream that nobody reads holds no open file. Reading ahead is measurably no faster.
    { highWaterMark: 0 },
  )
}

async function* chunksOf(slices: readonly FileSlice[]): AsyncGenerator<Uint8Array, void, void> {
  for (const { path, start, end, checksum } of slices) {
    const file = await open(path)
    try {
      let position = start
      let sum = 0
      while (position < end) {
        const length = Math.min(CHUNK_BYTES, end - position)
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(length), { position })
        if (bytesRead === 0) throw new Error(`a part ends at byte ${position} instead of ${end}`)
        position += bytesRead
        const bytes = bytesRead === length ? buffer : buffer.subarray(0, bytesRead)
        if (checksum !== undefined) sum = crc32(bytes, sum)
        if (checksum !== undefined && position === end && sum !== checksum) {
          throw new Error(`${path} has not the bytes any more that were stored in it`)
        }
        yield bytes
      }
    } finally {
      await file.close()
    }
  }
}
