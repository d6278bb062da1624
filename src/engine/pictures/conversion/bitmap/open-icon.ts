import { IncompleteFile, type SourceBytes } from '../magick-source.ts'
import type { OpenedRaster } from '../raster.ts'
import { headerAt, openRows, type PlacedBitmap } from './open-bitmap.ts'
import { bitmapRowBytes } from './pixels.ts'

const HEADER_BYTES = 6
const COUNT_AT = 4
const ENTRY_BYTES = 16
const PNG_SIGNATURE = 0x89504e47

/** Where an entry of the directory has what is read of it, in bytes. */
const AT = { bitsPerPixel: 6, length: 8, start: 12 } as const

/** An image of an icon, which is a PNG or a bitmap without the header of a file. */
export interface IconImage {
  readonly start: number
  readonly end: number
  readonly isPng: boolean
}

/**
 * Finds the largest image of an ICO or CUR file, and of the largest ones that with the most colours.
 *
 * @throws {@link IncompleteFile} when the file has none, or ends before it
 */
export function findLargestIcon(file: SourceBytes): IconImage {
  const count = file.read([{ start: 0, length: HEADER_BYTES }]).readUInt16LE(COUNT_AT)
  const directory = file.read([{ start: HEADER_BYTES, length: count * ENTRY_BYTES }])
  const [largest] = Array.from({ length: count }, (_, index) =>
    readEntry(directory.subarray(index * ENTRY_BYTES)),
  ).toSorted((one, other) => other.pixels - one.pixels || other.bitsPerPixel - one.bitsPerPixel)
  if (largest === undefined) throw new IncompleteFile('The file has no images.')
  const { start, length } = largest
  const signature = file.read([{ start, length: 4 }]).readUInt32BE()
  return { start, end: Math.min(start + length, file.size), isPng: signature === PNG_SIGNATURE }
}

function readEntry(entry: Buffer): {
  readonly pixels: number
  readonly bitsPerPixel: number
  readonly start: number
  readonly length: number
} {
  return {
    // A side of 256 pixels or more does not fit into its byte and is 0.
    pixels: (entry.readUInt8(0) || 256) * (entry.readUInt8(1) || 256),
    bitsPerPixel: entry.readUInt16LE(AT.bitsPerPixel),
    start: entry.readUInt32LE(AT.start),
    length: entry.readUInt32LE(AT.length),
  }
}

/** Opens an icon whose largest image is a bitmap. Its header counts a mask, which says what is hidden, as half of its rows. */
export function openIcon(file: SourceBytes): OpenedRaster {
  const { start } = findLargestIcon(file)
  const { height: bothHeights, ...rest } = headerAt(file, start)
  const header = { ...rest, height: Math.floor(bothHeights / 2) }
  if (header.height < 1) throw new IncompleteFile('The image has no rows.')
  const { width, height } = header
  return {
    width,
    height,
    bytesAPixel: BYTES_A_PIXEL,
    decode() {
      const pixels = readIcon(file, { header, start })
      const rowBytes = width * 4
      return {
        width,
        height,
        colours: 'rgb',
        alpha: true,
        rows: (y, count) => pixels.subarray(y * rowBytes, (y + count) * rowBytes),
      }
    },
  }
}

/** What pixels, and the rows they are read of, take at the most. */
const BYTES_A_PIXEL = 8

const DEPTH_WITH_ALPHA = 32

function readIcon(
  file: SourceBytes,
  { header: said, start }: Omit<PlacedBitmap, 'pixels'>,
): Uint8Array {
  const { width, height, depth } = said
  // Of an icon all four bytes mean something, whatever its header says.
  const [red, green, blue, alpha] = said.masks
  const isDeep = depth === DEPTH_WITH_ALPHA
  const header = isDeep
    ? { ...said, masks: [red, green, blue, alpha || 0xff00_0000] as const }
    : said
  const first = start + header.end
  const { rowOf, read } = openRows(file, {
    header,
    start,
    pixels: { start: first, end: file.size },
  })
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    const row = rowOf(y)
    for (let x = 0; x < width; x += 1) read(row, x, pixels, (y * width + x) * 4)
  }
  const isCovering = isDeep && pixels.some((value, at) => at % 4 === 3 && value > 0)
  if (!isCovering) coverByMask(pixels, header, maskOf(file, header, first))
  return pixels
}

/** The mask behind the pixels; undefined when the file has none. */
function maskOf(
  file: SourceBytes,
  { width, height, depth, packing }: PlacedBitmap['header'],
  first: number,
): Buffer | undefined {
  const start = first + bitmapRowBytes(width, depth) * height
  const length = bitmapRowBytes(width, 1) * height
  if (packing !== 'none' || start + length > file.size) return undefined
  return file.read([{ start, length }])
}

function coverByMask(
  pixels: Uint8Array,
  { width, height, isTopDown }: PlacedBitmap['header'],
  mask: Buffer | undefined,
): void {
  const rowBytes = bitmapRowBytes(width, 1)
  for (let y = 0; y < height; y += 1) {
    const row = (isTopDown ? y : height - 1 - y) * rowBytes
    for (let x = 0; x < width; x += 1) {
      const isHidden = (((mask?.[row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1
      pixels[(y * width + x) * 4 + 3] = isHidden ? 0 : 255
    }
  }
}
