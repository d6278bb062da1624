import { ReadableStream } from 'node:stream/web'
import { chunksOf, type FileSlice } from '../base/read-slices.ts'

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

/**
 * Makes one stream of {@link chunksOf}.
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
