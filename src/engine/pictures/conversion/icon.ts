import type { Size } from '../dimensions.ts'
import type { SourceBytes } from './magick-source.ts'
import type { Picture } from './picture.ts'

const HEADER_BYTES = 6
const TYPE_OFFSET = 2
const ICON = 1
const COUNT_OFFSET = 4
const ENTRY_BYTES = 16
const IMAGE_OFFSET_IN_ENTRY = 12
const PNG_SIGNATURE = 0x89504e47

/**
 * Finds the largest image of an ICO or CUR file, and of the largest ones that with the most colours.
 *
 * @throws {@link IncompleteFile} when the file ends before its images
 */
export function findLargestIcon(file: SourceBytes): Picture {
  const header = file.read([{ start: 0, length: HEADER_BYTES }])
  const count = header.readUInt16LE(COUNT_OFFSET)
  const directory = file.read([{ start: HEADER_BYTES, length: count * ENTRY_BYTES }])
  const [largest] = Array.from({ length: count }, (_, index) =>
    readEntry(directory.subarray(index * ENTRY_BYTES)),
  ).toSorted((one, other) => other.pixels - one.pixels || other.bitsPerPixel - one.bitsPerPixel)
  if (largest === undefined) return { size: undefined, pieces: [header] }

  // A cursor is an icon with a place that points, and is read as one.
  header.writeUInt16LE(ICON, TYPE_OFFSET)
  header.writeUInt16LE(1, COUNT_OFFSET)
  largest.entry.writeUInt32LE(HEADER_BYTES + ENTRY_BYTES, IMAGE_OFFSET_IN_ENTRY)
  const { entry, image } = largest
  const size = readSize(file, image.start)
  return { size, pieces: [header, entry, covering(file, image, size) ?? image] }
}

/** Where a bitmap says how many bits a pixel has, and how many that is with transparency. */
const BITS_OFFSET = 14
const BITS_WITH_ALPHA = 32

/** The most pixels of an icon that is looked through; none is drawn with more. */
const MOST_PIXELS = 1024 ** 2

/**
 * An image whose pixels have room for transparency and say nothing in it: which of them are seen is said by the mask behind them.
 *
 * @returns undefined when it is another one
 */
function covering(
  file: SourceBytes,
  image: Entry['image'],
  { width, height }: Size,
): Buffer | undefined {
  const head = file.read([{ start: image.start, length: BITS_OFFSET + 2 }])
  const isPng = head.readUInt32BE(0) === PNG_SIGNATURE
  if (isPng || head.readUInt16LE(BITS_OFFSET) !== BITS_WITH_ALPHA) return undefined
  if (width * height > MOST_PIXELS) return undefined
  const bitmap = file.read([image])
  const start = head.readUInt32LE(0)
  const mask = start + width * height * 4
  const maskRowBytes = Math.ceil(width / 32) * 4
  if (bitmap.length < mask + maskRowBytes * height) return undefined
  const alphaAt = (pixel: number): number => start + pixel * 4 + 3
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if (bitmap[alphaAt(pixel)] !== 0) return undefined
  }
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    const bits = bitmap[mask + y * maskRowBytes + (x >> 3)] ?? 0
    const isHidden = ((bits >> (7 - (x & 7))) & 1) === 1
    bitmap[alphaAt(pixel)] = isHidden ? 0 : 255
  }
  return bitmap
}

interface Entry {
  readonly entry: Buffer
  readonly pixels: number
  readonly bitsPerPixel: number
  readonly image: { readonly start: number; readonly length: number }
}

function readEntry(bytes: Buffer): Entry {
  const entry = bytes.subarray(0, ENTRY_BYTES)
  return {
    entry,
    // A side of 256 pixels or more does not fit into its byte and is 0.
    pixels: (entry.readUInt8(0) || 256) * (entry.readUInt8(1) || 256),
    bitsPerPixel: entry.readUInt16LE(6),
    image: { start: entry.readUInt32LE(IMAGE_OFFSET_IN_ENTRY), length: entry.readUInt32LE(8) },
  }
}

/** An image is a PNG file, or a BMP file that misses its first header and counts a mask as half of its rows. */
function readSize(file: SourceBytes, start: number): Size {
  const header = file.read([{ start, length: 24 }])
  return header.readUInt32BE(0) === PNG_SIGNATURE
    ? { width: header.readUInt32BE(16), height: header.readUInt32BE(20) }
    : { width: header.readUInt32LE(4), height: header.readUInt32LE(8) / 2 }
}
