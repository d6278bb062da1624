import { corruptSource } from '../../../base/operation-error.ts'
import type { DocHeader, Range } from './doc-header.ts'
import { findLast } from './find-last.ts'

/** Characters of a document that follow each other in its stream. */
export interface Piece {
  readonly text: string
  /** The number of the first one in the document. */
  readonly position: number
  /** Where that is in the stream, in bytes, and as many bytes as each takes. */
  readonly at: number
  readonly width: 1 | 2
}

/** Reads the pieces of text in a range. */
export type ReadPieces = (range: Range) => Generator<Piece>

/** What the table of pieces has before itself ([MS-DOC] 2.9.38): lists of changes, each with its size in two bytes. */
const CHANGES = 1
const PIECES = 2

const ENTRY_BYTES = 8
/** Among the bits of a place: a byte a character, at half of what it says. */
const IS_NARROW = 0x40000000

const MOST_CHARACTERS = 65_536

/** @throws {@link OperationError} when there is no table of pieces */
export function createPieces({ stream, table }: DocHeader): ReadPieces {
  const places = findTable(table('pieces'))
  const count = Math.max(Math.floor((places.length - 4) / (4 + ENTRY_BYTES)), 0)
  const startOf = (index: number): number => places.readUInt32LE(index * 4)
  const narrow = new TextDecoder('windows-1252')

  return function* read({ start, end }) {
    const first = Math.max(
      findLast(count, (index) => startOf(index) <= start),
      0,
    )
    for (let index = first; index < count && startOf(index) < end; index += 1) {
      const place = places.readUInt32LE((count + 1) * 4 + index * ENTRY_BYTES + 2)
      const width = (place & IS_NARROW) > 0 ? 1 : 2
      const base = width === 1 ? (place & ~IS_NARROW) / 2 : place
      const last = Math.min(startOf(index + 1), end)
      let position = Math.max(startOf(index), start)
      while (position < last) {
        const characters = Math.min(last - position, MOST_CHARACTERS)
        const at = base + (position - startOf(index)) * width
        const bytes = stream.subarray(at, at + characters * width)
        if (bytes.length < characters * width) throw corruptSource('DOC')
        const text = width === 1 ? narrow.decode(bytes) : bytes.toString('utf16le')
        yield { text, position, at, width }
        position += characters
      }
    }
  }
}

function findTable(bytes: Buffer): Buffer {
  let at = 0
  while (at < bytes.length && bytes.readUInt8(at) === CHANGES) {
    at += 3 + bytes.readUInt16LE(at + 1)
  }
  if (at >= bytes.length || bytes.readUInt8(at) !== PIECES) throw corruptSource('DOC')
  return bytes.subarray(at + 5, at + 5 + bytes.readUInt32LE(at + 1))
}
