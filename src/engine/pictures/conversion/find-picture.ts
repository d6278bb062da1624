import type { Size } from '../dimensions.ts'
import type { MagickFormatName } from './conversion.ts'
import { findDds } from './dds.ts'
import { findLargestIcon } from './icon.ts'
import { findJpeg2000 } from './jpeg-2000.ts'
import { type Excerpt, IncompleteFile, type SourceBytes, UnknownFeature } from './magick-source.ts'
import { findPcx } from './pcx.ts'
import { findPict } from './pict.ts'
import type { Picture } from './picture.ts'
import { findPnm } from './pnm.ts'
import { findComposite } from './psd.ts'
import { findTga } from './tga.ts'

const BOX_HEADER_BYTES = 8
const LARGE_BOX_HEADER_BYTES = 16
const OLDEST_BITMAP_HEADER_BYTES = 12
const NEWEST_BITMAP_HEADER_BYTES = 124
const SGI_HEADER_BYTES = 512

/**
 * Finds the picture in a source file. A decoder takes all that it gets into its memory, and most of a PSD file is layers
 * that nobody asks for.
 *
 * @throws {@link IncompleteFile} when the file ends before its picture does, as far as the decoder would not tell
 */
export function findPicture(file: SourceBytes, format: MagickFormatName): Picture {
  return FINDERS[format](file)
}

const FINDERS: Readonly<Record<MagickFormatName, (file: SourceBytes) => Picture>> = {
  PSD: findComposite,
  HEIC: findHeic,
  AVIF: findHeic,
  BMP: findBitmap,
  SGI: findSgi,
  ICO: findLargestIcon,
  TIFF: findWhole,
  // A photo lies as the sensor does.
  RAW: (file) => ({ ...findWhole(file), kind: 'DNG', liesAsStored: true }),
  JXL: (file) => ({ ...findWhole(file), liesAsStored: true }),
  JP2: findJpeg2000,
  TGA: findTga,
  PCX: findPcx,
  PNM: findPnm,
  DDS: findDds,
  PICT: findPict,
}

function findWhole(file: SourceBytes): Picture {
  return { size: undefined, pieces: [{ start: 0, length: file.size }] }
}

/** libheif makes do without tiles that the file ends before. */
function findHeic(file: SourceBytes): Picture {
  const picture = { size: undefined, pieces: [{ start: 0, length: file.size }] }
  let start = 0
  while (start + LARGE_BOX_HEADER_BYTES <= file.size) {
    const header = file.read([{ start, length: LARGE_BOX_HEADER_BYTES }])
    const name = header.toString('latin1', 4, BOX_HEADER_BYTES)
    const shortLength = header.readUInt32BE(0)
    const length =
      shortLength === 1 ? Number(header.readBigUInt64BE(BOX_HEADER_BYTES)) : shortLength
    // The last box may leave it open, and what some cameras put behind it is none.
    if (length < BOX_HEADER_BYTES) return picture
    start += length
    if (name === 'mdat' && start > file.size) {
      throw new IncompleteFile('The file ends within its image data.')
    }
  }
  return picture
}

function findBitmap(file: SourceBytes): Picture {
  // ImageMagick refuses a file of another length than it says, though nothing else heeds that field.
  const start = Buffer.from('BM\0\0\0\0')
  start.writeUInt32LE(file.size, 2)
  const header = file.read([{ start: FILE_HEADER_BYTES, length: 12 }])
  const isShort = header.readUInt32LE(0) === SHORT_BITMAP_HEADER_BYTES
  const rest = { start: start.length, length: file.size - start.length }
  if (
    header.readUInt32LE(0) > OLDEST_BITMAP_HEADER_BYTES &&
    file.read([{ start: BITS_AT, length: 2 }])[0] === 2
  ) {
    throw new UnknownFeature('2 bits a pixel, where 1, 4, 8, 16, 24 and 32 can be read')
  }
  return {
    size: readBitmapSize(header),
    opaque: !hasAlphaMask(file),
    bits: readBits(file),
    pieces: isShort
      ? withWholeHeader(file)
      : hasFourMasks(file)
        ? withMasksInHeader(file)
        : [start, rest],
  }
}

/** Whether a bitmap is one of Windows CE, behind whose header of the usual length are four masks ([MS-WMF], 2.1.1.7 has three). */
function hasFourMasks(file: SourceBytes): boolean {
  if (file.size < ALPHA_MASK_AT + 4) return false
  const header = file.read([{ start: 0, length: COMPRESSION_AT + 4 }])
  return (
    header.readUInt32LE(FILE_HEADER_BYTES) === WHOLE_BITMAP_HEADER_BYTES &&
    header.readUInt32LE(COMPRESSION_AT) === WITH_FOUR_MASKS
  )
}

/** ImageMagick knows four masks only in a header that has them. */
function withMasksInHeader(file: SourceBytes): Excerpt[] {
  const more = HEADER_WITH_PRIMARIES_BYTES - FIRST_HEADER_WITH_ALPHA_BYTES
  const rest = FILE_HEADER_BYTES + FIRST_HEADER_WITH_ALPHA_BYTES
  const headers = file.read([{ start: 0, length: rest }])
  headers.writeUInt32LE(file.size + more, 2)
  headers.writeUInt32LE(headers.readUInt32LE(10) + more, 10)
  headers.writeUInt32LE(HEADER_WITH_PRIMARIES_BYTES, FILE_HEADER_BYTES)
  headers.writeUInt32LE(WITH_MASKS, COMPRESSION_AT)
  const colours = Buffer.alloc(more)
  colours.write(SRGB_BACKWARDS, 'latin1')
  return [headers, colours, { start: rest, length: file.size - rest }]
}

/** The header of a file, which comes before that of its bitmap, in bytes. */
const FILE_HEADER_BYTES = 14

/** OS/2 may leave out all of the header that has its usual value, which only ImageMagick needs to be told. */
const SHORT_BITMAP_HEADER_BYTES = 16
const WHOLE_BITMAP_HEADER_BYTES = 40

function withWholeHeader(file: SourceBytes): Excerpt[] {
  const more = WHOLE_BITMAP_HEADER_BYTES - SHORT_BITMAP_HEADER_BYTES
  const rest = FILE_HEADER_BYTES + SHORT_BITMAP_HEADER_BYTES
  const headers = file.read([{ start: 0, length: rest }])
  headers.writeUInt32LE(file.size + more, 2)
  headers.writeUInt32LE(headers.readUInt32LE(10) + more, 10)
  headers.writeUInt32LE(WHOLE_BITMAP_HEADER_BYTES, FILE_HEADER_BYTES)
  return [headers, Buffer.alloc(more), { start: rest, length: file.size - rest }]
}

/** Where a bitmap says which bits of a pixel are its alpha, if it does, and how it is compressed, in bytes. */
const ALPHA_MASK_AT = 66
const COMPRESSION_AT = 30
const FIRST_HEADER_WITH_ALPHA_BYTES = 56
const WITH_MASKS = 3
const WITH_FOUR_MASKS = 6

/** The fourth version of the header, behind whose masks is a name of a colour space and room for primaries. */
const HEADER_WITH_PRIMARIES_BYTES = 108
const SRGB_BACKWARDS = 'BGRs'

/** The fourth byte of a pixel means nothing unless the header says so ([MS-WMF], 2.2.2.4 and 2.2.2.5). */
function hasAlphaMask(file: SourceBytes): boolean {
  if (file.size < ALPHA_MASK_AT + 4) return false
  const header = file.read([{ start: 0, length: ALPHA_MASK_AT + 4 }])
  const headerBytes = header.readUInt32LE(14)
  const saysSo =
    headerBytes >= FIRST_HEADER_WITH_ALPHA_BYTES ||
    (headerBytes > OLDEST_BITMAP_HEADER_BYTES &&
      header.readUInt32LE(COMPRESSION_AT) === WITH_FOUR_MASKS)
  return saysSo && header.readUInt32LE(ALPHA_MASK_AT) !== 0
}

/** Where a bitmap says how many bits a pixel has, and which of them are red, those of the others following, in bytes. */
const BITS_AT = 28
const MASKS_AT = 54

/** How many bits red, green and blue have where ImageMagick fills their bytes. */
const FILLED: readonly (readonly number[])[] = [[5], [5, 6], [5], []]

/** How many bits each sample of a pixel of 16 bits has, where the bitmap says so. */
function readBits(file: SourceBytes): readonly number[] | undefined {
  if (file.size < ALPHA_MASK_AT + 4) return undefined
  const header = file.read([{ start: 0, length: ALPHA_MASK_AT + 4 }])
  const hasMasks =
    header.readUInt32LE(FILE_HEADER_BYTES) >= WHOLE_BITMAP_HEADER_BYTES &&
    [WITH_MASKS, WITH_FOUR_MASKS].includes(header.readUInt32LE(COMPRESSION_AT))
  if (!hasMasks || header.readUInt16LE(BITS_AT) !== 16) return undefined
  return FILLED.map((filled, index) => {
    // What has no place in a pixel is none of it.
    const mask = header.readUInt32LE(MASKS_AT + 4 * index) % 2 ** 16
    const bits = mask.toString(2).replaceAll('0', '').length
    return filled.includes(bits) ? 8 : Math.min(8, bits)
  })
}

function readBitmapSize(header: Buffer): Size | undefined {
  const headerBytes = header.readUInt32LE(0)
  if (headerBytes > NEWEST_BITMAP_HEADER_BYTES) return undefined
  return headerBytes === OLDEST_BITMAP_HEADER_BYTES
    ? { width: header.readUInt16LE(4), height: header.readUInt16LE(6) }
    : // Rows that run from the top down have a negative height.
      { width: header.readInt32LE(4), height: Math.abs(header.readInt32LE(8)) }
}

/** ImageMagick leaves compressed rows black that the file ends before. */
function findSgi(file: SourceBytes): Picture {
  const header = file.read([{ start: 0, length: 12 }])
  const width = header.readUInt16BE(6)
  const height = header.readUInt16BE(8)
  const isCompressed = header.readUInt8(2) === 1
  if (isCompressed) {
    const rows = height * header.readUInt16BE(10)
    const tables = file.read([{ start: SGI_HEADER_BYTES, length: rows * 8 }])
    for (let row = 0; row < rows; row++) {
      const start = tables.readUInt32BE(row * 4)
      const length = tables.readUInt32BE((rows + row) * 4)
      if (start + length > file.size) throw new IncompleteFile('The file ends within its rows.')
    }
  }
  return { size: { width, height }, pieces: [{ start: 0, length: file.size }] }
}
