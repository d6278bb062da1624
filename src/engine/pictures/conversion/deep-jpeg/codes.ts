import { IncompleteFile } from '../magick-source.ts'

/** A table of codes: how many there are of each length, and their values in the order of the codes (ITU-T T.81, B.2.4.2). */
export interface CodeTable {
  readonly counts: readonly number[]
  readonly values: Buffer
}

/** Tables of codes: those of the lowest frequencies and of lossless pictures by their numbers, others by 16 more. */
export type CodeTables = Map<number, CodeTable>

/** Reads the tables of a segment. */
export function readCodeTables(content: Buffer, tables: CodeTables): void {
  for (let at = 0; at + 17 <= content.length;) {
    const counts = [...content.subarray(at + 1, at + 17)]
    const total = counts.reduce((sum, count) => sum + count, 0)
    const values = content.subarray(at + 17, at + 17 + total)
    tables.set(content.readUInt8(at) & 0x1f, { counts, values })
    at += 17 + total
  }
}

/** Reads the data of a scan bit by bit. */
export interface Bits {
  readonly bit: () => number
  /** A number of so many bits. */
  readonly bits: (count: number) => number
  /** Goes to the next byte, and behind the marker of a restart. */
  readonly restart: () => void
}

/** As many bytes as may be missing at the end: what is made of them tells. */
const MOST_MISSING = 2

/** @throws {@link IncompleteFile} while it is read, when the data end long before */
export function createBits(jpeg: Buffer, start: number): Bits {
  let at = start
  let byte = 0
  let left = 0
  let missing = 0
  function bit(): number {
    if (left === 0) {
      byte = jpeg[at] ?? 0
      // A zero behind such a byte says that it is no marker.
      const isEnd = at >= jpeg.length || (byte === 0xff && jpeg[at + 1] !== 0)
      if (isEnd) {
        byte = 0
        missing += 1
        if (missing > MOST_MISSING) throw new IncompleteFile('The data of the JPEG end too soon.')
      } else at += byte === 0xff ? 2 : 1
      left = 8
    }
    left -= 1
    return (byte >> left) & 1
  }
  return {
    bit,
    bits(count) {
      let value = 0
      for (let index = 0; index < count; index += 1) value = value * 2 + bit()
      return value
    },
    restart() {
      left = 0
      missing = 0
      while (at + 1 < jpeg.length && !(jpeg[at] === 0xff && isRestart(jpeg[at + 1] ?? 0))) {
        // Another marker: the scan is over.
        if (jpeg[at] === 0xff && jpeg[at + 1] !== 0 && jpeg[at + 1] !== 0xff) return
        at += 1
      }
      at += 2
    },
  }
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7
}

/**
 * Reads the value of the next code.
 *
 * @throws {@link IncompleteFile} when there is no such code
 */
export function readCode({ bit }: Bits, { counts, values }: CodeTable): number {
  let code = 0
  let first = 0
  let index = 0
  for (const count of counts) {
    code = code * 2 + bit()
    if (code - first < count) return values[index + code - first] ?? 0
    index += count
    first = (first + count) * 2
  }
  throw new IncompleteFile('The JPEG has a code that is none.')
}

/** Reads a number of so many bits, of which those of a negative one begin with 0 (F.2.2.1). */
export function readSigned(bits: Bits, length: number): number {
  if (length === 0) return 0
  const value = bits.bits(length)
  return value < 2 ** (length - 1) ? value - 2 ** length + 1 : value
}
