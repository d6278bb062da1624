import { countPixels, type Size } from '../dimensions.ts'
import { MAX_CONVERTED_PIXELS } from './conversion.ts'
import { IncompleteFile } from './magick-source.ts'

/** Edges of what is in a picture of QuickDraw. */
interface Edges {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** What an operation of QuickDraw puts into a picture that is made of pixels. */
export interface PictBitmap {
  /** Where it is put. */
  readonly place: Edges
  readonly size: Size
  /** Red, green and blue of its pixels. */
  readonly rgb: Buffer
}

/** What is between the operations: how long each is, in bytes (Inside Macintosh: Imaging With QuickDraw, appendix A). */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  ...[0x00, 0x1c, 0x1e].map((operation) => [operation, 0] as const),
  [0x04, 1],
  ...[0x03, 0x05, 0x08, 0x0d, 0x15, 0x16, 0xa0].map((operation) => [operation, 2] as const),
  ...[0x06, 0x07, 0x0b, 0x0c, 0x0e, 0x0f].map((operation) => [operation, 4] as const),
  ...[0x1a, 0x1b, 0x1d, 0x1f].map((operation) => [operation, 6] as const),
  ...[0x02, 0x09, 0x0a, 0x10].map((operation) => [operation, 8] as const),
  [0x0c00, 24],
])

/** Operations behind which their length stands: in a word that counts itself, and comments behind two of them. */
const CLIP = 0x01
const LONG_COMMENT = 0xa1

/** Operations that put pixels: in what they say where from a region follows, which is none of an edge. */
const BITMAPS: ReadonlySet<number> = new Set([0x90, 0x91, 0x98, 0x99])
const DIRECT: ReadonlySet<number> = new Set([0x9a, 0x9b])
const END = 0xff

const VERSION_2 = '001102ff'

/** As many bytes of a row are counted in one byte. */
const SHORT_ROW = 250
const UNPACKED_ROW = 8

/**
 * Reads what a picture of QuickDraw is made of, when it is nothing but pixels of up to 16 bits, which ImageMagick refuses or makes darker.
 *
 * @param picture - behind what a file has before it
 * @returns undefined when there is anything else, which somebody else may know
 * @throws {@link IncompleteFile} when it ends before its pixels
 */
export function readPictBitmaps(picture: Buffer): readonly PictBitmap[] | undefined {
  try {
    return readAll(picture)
  } catch (error) {
    if (error instanceof RangeError) throw new IncompleteFile('The picture ends too soon.')
    throw error
  }
}

function readAll(picture: Buffer): readonly PictBitmap[] | undefined {
  const isNew = picture.toString('hex', 10, 14) === VERSION_2
  const bitmaps: PictBitmap[] = []
  let pixels = 0
  let at = isNew ? 14 : 12
  for (;;) {
    const operation = isNew ? picture.readUInt16BE(at) : picture.readUInt8(at)
    at += isNew ? 2 : 1
    if (operation === END) return bitmaps.length > 0 ? bitmaps : undefined
    if (BITMAPS.has(operation) || DIRECT.has(operation)) {
      const { bitmap, end } = readBitmap(picture, at, {
        operation,
        mostPixels: MAX_CONVERTED_PIXELS - pixels,
      })
      if (bitmap === undefined) return undefined
      bitmaps.push(bitmap)
      pixels += countPixels(bitmap.size)
      at = end
    } else {
      const length = lengthOf(picture, at, operation)
      if (length === undefined) return undefined
      at += length
    }
    // In the newer version each begins at a word.
    if (isNew) at += at % 2
  }
}

function lengthOf(picture: Buffer, at: number, operation: number): number | undefined {
  if (operation === CLIP) return picture.readUInt16BE(at)
  if (operation === LONG_COMMENT) return 4 + picture.readUInt16BE(at + 2)
  return LENGTHS.get(operation)
}

function readEdges(picture: Buffer, at: number): Edges {
  const [top = 0, left = 0, bottom = 0, right = 0] = [0, 2, 4, 6].map((each) =>
    picture.readInt16BE(at + each),
  )
  if (bottom <= top || right <= left) throw new IncompleteFile('A bitmap has no size.')
  return { top, left, bottom, right }
}

function readBitmap(
  picture: Buffer,
  start: number,
  { operation, mostPixels }: { readonly operation: number; readonly mostPixels: number },
): { readonly bitmap: PictBitmap | undefined; readonly end: number } {
  const isDirect = DIRECT.has(operation)
  let at = isDirect ? start + 4 : start
  const said = picture.readUInt16BE(at)
  const rowBytes = said & 0x3fff
  const bounds = readEdges(picture, at + 2)
  const size = { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top }
  at += 10
  const isColoured = (said & 0x8000) !== 0
  const bits = isColoured ? picture.readUInt16BE(at + 18) : 1
  const isPacked = isColoured ? picture.readUInt16BE(at + 2) !== 1 : true
  // Of 24 bits and more somebody else knows more ways.
  if (![1, 2, 4, 8, 16].includes(bits) || isDirect !== (bits === 16))
    return { bitmap: undefined, end: at }
  if (isColoured) at += 36
  const colours = isColoured && !isDirect ? readColours(picture, at) : { table: INK, end: at }
  at = colours.end
  const place = readEdges(picture, at + 8)
  // Where from, where to, and how.
  at += 18
  if ((operation & 1) === 1) at += picture.readUInt16BE(at)
  if (size.width * bits > rowBytes * 8 || countPixels(size) > mostPixels)
    return { bitmap: undefined, end: at }
  const rgb = Buffer.alloc(size.width * size.height * 3)
  for (let y = 0; y < size.height; y += 1) {
    let row = picture.subarray(at, at + rowBytes)
    let length = rowBytes
    if (isPacked && rowBytes >= UNPACKED_ROW) {
      const countBytes = rowBytes > SHORT_ROW ? 2 : 1
      const count = picture.readUIntBE(at, countBytes)
      at += countBytes
      length = count
      row = unpack(picture.subarray(at, at + count), rowBytes, bits === 16 ? 2 : 1)
    }
    if (row.length < rowBytes) throw new IncompleteFile('A row is not whole.')
    showRow(row, bits, colours.table, rgb.subarray(y * size.width * 3, (y + 1) * size.width * 3))
    at += length
  }
  return { bitmap: { place, size, rgb }, end: at }
}

/** Of a bitmap without colours: paper and ink. */
const INK: readonly (readonly number[])[] = [
  [255, 255, 255],
  [0, 0, 0],
]

/** Flags that say that colours come in their order, whatever their numbers are. */
const IN_ORDER = 0x8000

function readColours(
  picture: Buffer,
  start: number,
): { readonly table: readonly (readonly number[])[]; readonly end: number } {
  const isInOrder = (picture.readUInt16BE(start + 4) & IN_ORDER) !== 0
  const count = picture.readUInt16BE(start + 6) + 1
  const table: number[][] = []
  for (let index = 0; index < count; index += 1) {
    const at = start + 8 + 8 * index
    const number = isInOrder ? index : picture.readUInt16BE(at)
    // The high byte of each is enough.
    if (number < 256) table[number] = [2, 4, 6].map((each) => picture.readUInt8(at + each))
  }
  return { table, end: start + 8 + 8 * count }
}

/** Apple's PackBits, of bytes or of words: a number, then as many of them or one that many times. */
function unpack(packed: Buffer, length: number, unit: 1 | 2): Buffer {
  const row = Buffer.alloc(length)
  let to = 0
  for (let from = 0; from < packed.length && to < length;) {
    const head = packed.readInt8(from)
    from += 1
    if (head === -128) continue
    const count = head < 0 ? 1 - head : head + 1
    if (head < 0) {
      for (let left = count; left > 0 && to < length; left -= 1, to += unit)
        packed.copy(row, to, from, from + unit)
      from += unit
    } else {
      packed.copy(row, to, from, from + count * unit)
      to += count * unit
      from += count * unit
    }
  }
  if (to < length) throw new IncompleteFile('A row is not whole.')
  return row
}

function showRow(
  row: Buffer,
  bits: number,
  table: readonly (readonly number[])[],
  into: Buffer,
): void {
  const pixels = into.length / 3
  for (let x = 0; x < pixels; x += 1) {
    if (bits === 16) {
      const word = row.readUInt16BE(2 * x)
      for (let sample = 0; sample < 3; sample += 1)
        into[3 * x + sample] = Math.round((((word >> (10 - 5 * sample)) & 0x1f) * 255) / 31)
      continue
    }
    const bit = x * bits
    const number = ((row[bit >> 3] ?? 0) >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)
    const colour = table[number]
    for (let sample = 0; sample < 3; sample += 1) into[3 * x + sample] = colour?.[sample] ?? 0
  }
}
