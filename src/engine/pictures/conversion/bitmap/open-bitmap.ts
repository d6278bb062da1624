import { IncompleteFile, type SourceBytes, UnknownFeature } from '../magick-source.ts'
import type { OpenedRaster, Raster } from '../raster.ts'
import { type BitmapHeader, MOST_HEADER_BYTES, readBitmapHeader } from './header.ts'
import { bitmapPixelReader, bitmapRowBytes, isBitmapDepth, type ReadBitmapPixel } from './pixels.ts'
import { unpackRuns } from './runs.ts'

/** The header of a file, which comes before that of its bitmap, in bytes, and where it tells where pixels are. */
const FILE_HEADER_BYTES = 14
const PIXELS_AT = 10

/** A bitmap in a file. */
export interface PlacedBitmap {
  readonly header: BitmapHeader
  /** Where its header begins. */
  readonly start: number
  /** Where its pixels begin, and where they end at the latest. */
  readonly pixels: { readonly start: number; readonly end: number }
}

/**
 * Finds the bitmap of a BMP file.
 *
 * @throws {@link IncompleteFile} when there is none
 */
export function findBitmap(file: SourceBytes): PlacedBitmap {
  const first = file.read([{ start: 0, length: FILE_HEADER_BYTES }])
  const header = headerAt(file, FILE_HEADER_BYTES)
  const said = first.readUInt32LE(PIXELS_AT)
  // Some do not say where, or say what cannot be.
  const start = said >= FILE_HEADER_BYTES + header.length ? said : FILE_HEADER_BYTES + header.end
  return { header, start: FILE_HEADER_BYTES, pixels: { start, end: file.size } }
}

/**
 * Reads the header of the bitmap that begins at a place of a file.
 *
 * @throws {@link IncompleteFile} when there is none
 */
export function headerAt(file: SourceBytes, start: number): BitmapHeader {
  const length = Math.min(MOST_HEADER_BYTES, Math.max(0, file.size - start))
  const header = readBitmapHeader(file.read([{ start, length }]))
  if (header === undefined || header.width < 1 || header.height < 1)
    throw new IncompleteFile('The file has no header of a bitmap.')
  return header
}

/** Opens a BMP file that is none of another kind within. */
export function openBitmap(file: SourceBytes): OpenedRaster {
  const placed = findBitmap(file)
  const { header } = placed
  return {
    width: header.width,
    height: header.height,
    bytesAPixel: BYTES_A_PIXEL,
    decode() {
      const { rowOf, read } = openRows(file, placed)
      return { ...rasterOf(header, rowOf, read), ...sayMore(file, placed) }
    },
  }
}

/** What unpacked runs take at the most, beside the rows that are written. */
const BYTES_A_PIXEL = 6

/** How the rows of a bitmap are had: the bytes of one, counted from the top, and what reads its pixels. */
export interface BitmapRows {
  readonly rowOf: (y: number) => Buffer
  readonly read: ReadBitmapPixel
}

/**
 * Opens the rows of a bitmap.
 *
 * @throws {@link IncompleteFile} when they are not all there, {@link UnknownFeature} when nobody here reads them
 */
export function openRows(file: SourceBytes, { header, start, pixels }: PlacedBitmap): BitmapRows {
  const { width, height, depth, packing, isTopDown } = header
  if (packing === 'huffman')
    throw new UnknownFeature(
      'a compression (Huffman 1D, of OS/2) that cannot be read; runs or none can',
    )
  if (packing === 'unknown' || !isBitmapDepth(depth))
    throw new IncompleteFile('The bitmap has pixels that there are not.')
  const palette = readPalette(file, { header, start, pixels })
  const placeOf = (y: number): number => (isTopDown ? y : height - 1 - y)
  if (packing === 'runs') {
    const packed = file.read([{ start: pixels.start, length: pixels.end - pixels.start }])
    const { rows, isCut } = unpackRuns(packed, header, palette)
    if (isCut) throw new IncompleteFile('The file ends within its runs.')
    const bytes = width * 3
    return {
      rowOf: (y) => rows.subarray(placeOf(y) * bytes, (placeOf(y) + 1) * bytes),
      read: bitmapPixelReader(header, 24, palette),
    }
  }
  const bytes = bitmapRowBytes(width, depth)
  const needed = Math.ceil((width * depth) / 8)
  // What fills the last row may be missing.
  if (pixels.start + bytes * (height - 1) + needed > pixels.end)
    throw new IncompleteFile('The file ends within its rows.')
  return {
    rowOf: (y) => file.read([{ start: pixels.start + placeOf(y) * bytes, length: needed }]),
    read: bitmapPixelReader(header, depth, palette),
  }
}

/** The colours of a palette that are there before the pixels. */
function readPalette(file: SourceBytes, { header, start, pixels }: PlacedBitmap): Buffer {
  const { at, bytes, count } = header.palette
  const length = Math.min(count * bytes, Math.max(0, pixels.start - start - at))
  return file.read([{ start: start + at, length }])
}

function rasterOf(
  { width, height, masks, hasMasks }: BitmapHeader,
  rowOf: BitmapRows['rowOf'],
  read: ReadBitmapPixel,
): Raster {
  const pixels = new Uint8Array(width * 4)
  const readRow = (y: number): Uint8Array => {
    const row = rowOf(y)
    for (let x = 0; x < width; x += 1) read(row, x, pixels, x * 4)
    return pixels
  }
  const covers = (y: number): boolean => readRow(y).some((value, at) => at % 4 === 3 && value > 0)
  // What nobody could see has its alpha from a program that does not know of it.
  const alpha =
    masks[3] !== 0 && (hasMasks || Array.from({ length: height }, (_, y) => y).some(covers))
  const samples = alpha ? 4 : 3
  return {
    width,
    height,
    colours: 'rgb',
    alpha,
    rows(first, count) {
      const rows = new Uint8Array(width * samples * count)
      for (let y = 0; y < count; y += 1) {
        const row = readRow(first + y)
        const start = y * width * samples
        if (alpha) rows.set(row, start)
        else {
          for (let x = 0; x < width; x += 1) {
            for (let sample = 0; sample < 3; sample += 1)
              rows[start + x * 3 + sample] = row[x * 4 + sample] ?? 0
          }
        }
      }
      return rows
    },
  }
}

/** The resolution and the profile of a bitmap, where it has them. */
function sayMore(
  file: SourceBytes,
  { header: { resolution, profile }, start }: PlacedBitmap,
): Pick<Raster, 'resolution' | 'profile'> {
  const isThere = profile !== undefined && start + profile.at + profile.length <= file.size
  if (!isThere) return { resolution }
  return { resolution, profile: file.read([{ start: start + profile.at, length: profile.length }]) }
}
