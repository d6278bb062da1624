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
 * Opens a zip file. Something may be before and behind it, which every program that unpacks archives ignores: a line end, zeros that
 * filled a block, a page that a server has appended, the header that a form was sent with.
 *
 * @param source - its path or its bytes
 */
export async function openZip(source: string | Buffer): Promise<ZipFile> {
  if (typeof source !== 'string') {
    const read: Read = (from, length) => source.subarray(from, from + length)
    const { start, end } = findPlace(source.length, read)
    return fromBufferPromise(source.subarray(start, end))
  }
  const { start, end, size } = findZip(source)
  return start === 0 && end === size
    ? openPromise(source, { autoClose: false })
    : fromRandomAccessReaderPromise(new PartOfFile(source, start), end - start, {
        autoClose: false,
      })
}

/** Where the zip file is that something may be before and behind in a file, and how large that is. */
export function findZip(path: string): Place & { readonly size: number } {
  return withOpenFile(path, ({ size, read }) => ({ ...findPlace(size, read), size }))
}

type Read = (from: number, length: number) => Buffer

/** Where an archive is in a file, in bytes. */
interface Place {
  /** What the offsets in it count from. */
  readonly start: number
  readonly end: number
}

/** Where an archive is; that is all of the file where no end is found. */
function findPlace(size: number, read: Read): Place {
  const from = Math.max(0, size - MOST_BEHIND)
  const tail = read(from, size - from)
  const isList = (at: number): boolean => read(at, LIST.length).equals(LIST)
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    at = tail.lastIndexOf(END, at)
    if (at < 0) break
    if (tail.length - at < END_BYTES) continue
    const end = at + END_BYTES + tail.readUInt16LE(at + 20)
    if (end > tail.length) continue
    const told = tail.readUInt32LE(at + 16)
    if (isList(told)) return { start: 0, end: from + end }
    // The list ends where the end begins, so that its size tells where it is.
    const list = from + at - tail.readUInt32LE(at + 12)
    if (list > told && isList(list)) return { start: list - told, end: from + end }
  }
  return { start: 0, end: size }
}

/** Reads a file of which only a part is an archive. */
class PartOfFile extends RandomAccessReader {
  readonly #path: string
  readonly #from: number

  /** @param from - where the archive begins, in bytes */
  constructor(path: string, from: number) {
    super()
    this.#path = path
    this.#from = from
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start: this.#from + start, end: this.#from + end - 1 })
  }
}
