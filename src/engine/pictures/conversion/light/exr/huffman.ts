import { IncompleteFile } from '../../magick-source.ts'

/** Each value of 16 bits has a code, and one more that says that the last value comes again. */
const CODES = 65_537

/** Five numbers of four bytes come before the lengths of the codes. */
const HEADER_BYTES = 20

/** The lengths that are none: as many values without a code follow as are told, or by the length itself. */
const LONG_GAP = 63
const SHORT_GAP = 59
const LEAST_LONG_GAP = 6
const LEAST_SHORT_GAP = 2

/** No chunk has so many samples that a code gets longer. */
const LONGEST = 40

/** Codes up to as many bits are looked up. */
const TABLE_BITS = 12

/**
 * Unpacks values of 16 bits that are coded as Huffman has it (OpenEXR's ImfHuf), whose longest codes are the smallest numbers.
 *
 * @param count - how many there are
 * @throws {@link IncompleteFile} when there are fewer or more
 */
export function unpackHuffman(packed: Buffer, count: number): Uint16Array {
  const values = new Uint16Array(count)
  if (count === 0) return values
  if (packed.length < HEADER_BYTES) throw damaged()
  const [first, last, bits] = [
    packed.readUInt32LE(0),
    packed.readUInt32LE(4),
    packed.readUInt32LE(12),
  ]
  if (first >= CODES || last >= CODES || first > last) throw damaged()
  const { lengths, end } = readLengths(packed, first, last)
  if (bits > 8 * (packed.length - end)) throw damaged()
  const code = createCode(lengths, first)
  // A code may be looked at beyond the end.
  const data = Buffer.concat([packed.subarray(end), Buffer.alloc(8)])
  let to = 0
  let at = 0
  while (at < bits) {
    const { value, length } = code(data, at)
    at += length
    if (at > bits) throw damaged()
    if (value !== last) {
      if (to === count) throw damaged()
      values[to] = value
      to += 1
      continue
    }
    const times = window(data, at) >>> 24
    at += 8
    if (to === 0 || to + times > count) throw damaged()
    values.fill(values[to - 1] ?? 0, to, to + times)
    to += times
  }
  if (to !== count) throw damaged()
  return values
}

/** The lengths of the codes from the first value to the last, in bits. */
function readLengths(
  packed: Buffer,
  first: number,
  last: number,
): { readonly lengths: Uint8Array; readonly end: number } {
  const lengths = new Uint8Array(last - first + 1)
  let at = 8 * HEADER_BYTES
  const next = (bits: 6 | 8): number => {
    if (at + bits > 8 * packed.length) throw damaged()
    const word = ((packed[at >> 3] ?? 0) << 8) | (packed[(at >> 3) + 1] ?? 0)
    const number = (word >> (16 - bits - (at & 7))) & ((1 << bits) - 1)
    at += bits
    return number
  }
  for (let index = 0; index < lengths.length;) {
    const length = next(6)
    if (length < SHORT_GAP) {
      if (length > LONGEST) throw damaged()
      lengths[index] = length
      index += 1
      continue
    }
    index += length === LONG_GAP ? next(8) + LEAST_LONG_GAP : length - SHORT_GAP + LEAST_SHORT_GAP
    if (index > lengths.length) throw damaged()
  }
  return { lengths, end: Math.ceil(at / 8) }
}

/** A value and how long its code is, in bits. */
interface Coded {
  readonly value: number
  readonly length: number
}

/** Makes what finds the code that begins at a bit. */
function createCode(lengths: Uint8Array, first: number): (data: Buffer, at: number) => Coded {
  const counts = Array<number>(LONGEST + 1).fill(0)
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1
  // The least code of each length, and those before it among all in the order of their lengths.
  const least = Array<number>(LONGEST + 1).fill(0)
  const before = Array<number>(LONGEST + 1).fill(0)
  for (let length = LONGEST, code = 0; length > 0; length -= 1) {
    least[length] = code
    code = Math.floor((code + (counts[length] ?? 0)) / 2)
  }
  for (let length = 1; length <= LONGEST; length += 1)
    before[length] = (before[length - 1] ?? 0) + (counts[length - 1] ?? 0)
  const values = new Uint32Array(lengths.length)
  const next = [...before]
  for (const [index, length] of lengths.entries()) {
    if (length === 0) continue
    const place = next[length] ?? 0
    values[place] = first + index
    next[length] = place + 1
  }

  function find(data: Buffer, at: number): Coded {
    let code = 0
    for (let length = 1; length <= LONGEST; length += 1) {
      const bit = at + length - 1
      code = code * 2 + (((data[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1)
      const index = code - (least[length] ?? 0)
      if (index < 0) continue
      if (index < (counts[length] ?? 0))
        return { value: values[(before[length] ?? 0) + index] ?? 0, length }
    }
    throw damaged()
  }

  const table = new Map<number, Coded>()
  return (data, at) => {
    const start = window(data, at) >>> (32 - TABLE_BITS)
    const known = table.get(start)
    if (known !== undefined) return known
    const found = find(data, at)
    if (found.length <= TABLE_BITS) table.set(start, found)
    return found
  }
}

/** The bits from one on, of which 25 are sure to be there. */
function window(data: Buffer, at: number): number {
  const byte = at >> 3
  return (
    (((data[byte] ?? 0) << 24) |
      ((data[byte + 1] ?? 0) << 16) |
      ((data[byte + 2] ?? 0) << 8) |
      (data[byte + 3] ?? 0)) <<
    (at & 7)
  )
}

function damaged(): IncompleteFile {
  return new IncompleteFile('The codes of a chunk are damaged.')
}
