import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import {
  fromBufferPromise,
  fromRandomAccessReaderPromise,
  openPromise,
  RandomAccessReader,
  type ZipFile,
} from 'yauzl'
import { withOpenFile } from '../sources/open-file.ts'

/** What a zip file ends with (APPNOTE 4.3.16); behind that is a comment. */
const END_BYTES = 22
const END = Buffer.from('PK\x05\x06', 'latin1')

/** What the list of files begins with. */
const LIST = Buffer.from('PK\x01\x02', 'latin1')

/** The most that is looked at behind an archive, in bytes. */
const MOST_BEHIND = 1_048_576

/**
 * Opens a zip file. Something may be behind it, which every program that unpacks archives ignores: a line end, zeros that
 * filled a block, a page that a server has appended.
 *
 * @param source - its path or its bytes
 */
export async function openZip(source: string | Buffer): Promise<ZipFile> {
  if (typeof source !== 'string') {
    const end = findEnd(source.length, (from, length) => source.subarray(from, from + length))
    return fromBufferPromise(source.subarray(0, end))
  }
  const { end, isAll } = withOpenFile(source, ({ size, read }) => {
    const found = findEnd(size, read)
    return { end: found, isAll: found === size }
  })
  return isAll
    ? openPromise(source, { autoClose: false })
    : fromRandomAccessReaderPromise(new StartOfFile(source), end, { autoClose: false })
}

/** Where an archive ends that begins with a file, in bytes; that is its size where no end is found. */
function findEnd(size: number, read: (from: number, length: number) => Buffer): number {
  const from = Math.max(0, size - MOST_BEHIND)
  const tail = read(from, size - from)
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    at = tail.lastIndexOf(END, at)
    if (at < 0) break
    if (tail.length - at < END_BYTES) continue
    const end = at + END_BYTES + tail.readUInt16LE(at + 20)
    if (end <= tail.length && read(tail.readUInt32LE(at + 16), LIST.length).equals(LIST)) {
      return from + end
    }
  }
  return size
}

/** Reads a file of which only the start is an archive. */
class StartOfFile extends RandomAccessReader {
  readonly #path: string

  constructor(path: string) {
    super()
    this.#path = path
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 })
  }
}
