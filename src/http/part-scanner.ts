import type { ReadableStream } from 'node:stream/web'
import { ServiceError } from '../base/errors.ts'

const LINE_END = Buffer.from('\r\n')
const HEADER_END = Buffer.from('\r\n\r\n')

/** Chunks below this size get room after them, in bytes. */
const SMALL_CHUNK_BYTES = 4 * 1024

/** Goes once through the body of a form. What it gives are views of the chunks of the body wherever that can be. */
export interface PartScanner {
  /** @throws {ServiceError} `invalid` when the first delimiter does not come soon; each of the others when the body breaks off */
  skipPreamble: () => Promise<void>
  /** Whether a part comes after the delimiter that is behind. */
  hasPart: () => Promise<boolean>
  /**
   * The lines of the header of that part.
   *
   * @throws {ServiceError} `too_large`
   */
  readHeader: () => Promise<Buffer>
  /** The next bytes of its content, maybe none; undefined once it has ended, and its delimiter is behind. */
  readContent: () => Promise<Buffer | undefined>
  /** @throws {ServiceError} `invalid` when much comes after the last part */
  skipEpilogue: () => Promise<void>
  /** Lets go of the body. */
  close: () => Promise<void>
}

/** @param mostHeaderBytes - how long a header may be, and what is before the first part and after the last */
export function openPartScanner(
  body: ReadableStream<Uint8Array> | null,
  boundary: string,
  mostHeaderBytes: number,
): PartScanner {
  const delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
  const chunks = body?.[Symbol.asyncIterator]()
  // The delimiter that a body begins with has no line end before it.
  let held: Buffer = LINE_END
  let isInContent = true

  async function nextChunk(): Promise<Buffer | undefined> {
    try {
      const { done, value } = (await chunks?.next()) ?? { done: true }
      if (done === true || value === undefined) return undefined
      return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    } catch (cause) {
      throw new ServiceError('invalid', 'The body broke off before its end.', { cause })
    }
  }

  /** Has at least one byte more held, unless the body breaks off here. */
  async function holdMore(): Promise<void> {
    const chunk = await nextChunk()
    if (chunk === undefined) {
      throw new ServiceError(
        'invalid',
        `The body ended before --${boundary}--, with which its last part has to end.`,
      )
    }
    held = held.byteLength === 0 ? chunk : join(held, chunk)
  }

  /** Has its memory to itself, so that what is held is in it only when it was put there. */
  let room: Buffer = Buffer.allocUnsafeSlow(0)

  /** Appends in place where there is room, so that a header of many small chunks is not copied for each of them. */
  function join(first: Buffer, second: Buffer): Buffer {
    const length = first.byteLength + second.byteLength
    const start = first.byteOffset - room.byteOffset
    if (first.buffer === room.buffer && start + length <= room.byteLength) {
      room.set(second, start + first.byteLength)
      return room.subarray(start, start + length)
    }
    room = Buffer.allocUnsafeSlow(length < SMALL_CHUNK_BYTES ? SMALL_CHUNK_BYTES : length * 2)
    room.set(first)
    room.set(second, first.byteLength)
    return room.subarray(0, length)
  }

  /** Gives what is held up to a place. */
  function take(end: number): Buffer {
    const taken = held.subarray(0, end)
    held = held.subarray(end)
    return taken
  }

  async function readContent(): Promise<Buffer | undefined> {
    if (!isInContent) return undefined
    const found = held.indexOf(delimiter)
    if (found >= 0) {
      const piece = take(found)
      take(delimiter.byteLength)
      isInContent = false
      return piece
    }
    const piece = take(held.byteLength - possibleDelimiter(held, delimiter))
    if (piece.byteLength === 0) await holdMore()
    return piece
  }

  /** Where a mark is in what comes next; undefined when that is further on than a header may be long. */
  async function find(mark: Buffer): Promise<number | undefined> {
    let at = held.indexOf(mark)
    while (at < 0 && held.byteLength <= mostHeaderBytes) {
      const from = Math.max(held.byteLength - mark.byteLength, 0)
      await holdMore()
      at = held.indexOf(mark, from)
    }
    return at < 0 || at > mostHeaderBytes ? undefined : at
  }

  return {
    readContent,
    async skipPreamble() {
      for (let bytes = 0; isInContent;) {
        bytes += (await readContent())?.byteLength ?? 0
        if (bytes > mostHeaderBytes) {
          throw new ServiceError('invalid', `The body must begin with --${boundary}.`)
        }
      }
    },
    async hasPart() {
      while (held.byteLength < 2) await holdMore()
      if (held.toString('latin1', 0, 2) === '--') {
        take(2)
        return false
      }
      const end = await find(LINE_END)
      if (end === undefined || !/^[ \t]*$/.test(held.toString('latin1', 0, end))) {
        throw new ServiceError('invalid', `--${boundary} must be all of its line.`)
      }
      take(end)
      return true
    },
    async readHeader() {
      // The line end of the delimiter is held yet, as the end of a header that has no lines begins with it.
      const end = await find(HEADER_END)
      if (end === undefined) {
        const most = `${mostHeaderBytes} bytes`
        throw new ServiceError('too_large', `The header of a part may have at most ${most}.`)
      }
      const block = take(end).subarray(LINE_END.byteLength)
      take(HEADER_END.byteLength)
      isInContent = true
      return block
    },
    async skipEpilogue() {
      let bytes = held.byteLength
      for (;;) {
        if (bytes > mostHeaderBytes) {
          throw new ServiceError('invalid', `The body must end with --${boundary}--.`)
        }
        const chunk = await nextChunk()
        if (chunk === undefined) return
        bytes += chunk.byteLength
      }
    },
    async close() {
      await chunks?.return?.()
    },
  }
}

/** How many bytes at the end of `bytes` may be the beginning of a delimiter, in which no line end is but at its start. */
function possibleDelimiter(bytes: Buffer, delimiter: Buffer): number {
  const start = bytes.lastIndexOf(0x0d)
  const length = bytes.byteLength - start
  if (start < 0 || length >= delimiter.byteLength) return 0
  return bytes.compare(delimiter, 0, length, start) === 0 ? length : 0
}
