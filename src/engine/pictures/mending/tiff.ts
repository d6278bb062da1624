import { deflateSync, zstdDecompressSync } from 'node:zlib'
import { corruptSource, OperationError } from '../../../base/operation-error.ts'
import { type ReadableFile, readPart } from '../../../sources/open-file.ts'
import {
  numberOf,
  numbersOf,
  openTiff,
  TIFF_TAGS,
  TIFF_TYPE_BYTES,
  type TiffDirectory,
  type TiffField,
  type TiffFile,
} from '../../../sources/tiff-directory.ts'
import type { TiffPage } from '../../../sources/tiff-pages.ts'
import { hasUnknownPlanes, readTiffSamples } from '../meaning/tiff-samples.ts'
import { readJpegStream } from './jpeg-stream.ts'
import type { Patch } from './mended-file.ts'

/** The numbers of `Compression` that somebody has to know here. */
const COMPRESSION = { oldJpeg: 6, jpeg: 7, deflate: 8, zstandard: 50_000 }

/** What is decompressed, here or by libvips, by the number of `Compression`. */
const KNOWN: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 5, 6, 7, 8, 32_766, 32_771, 32_773, 32_809, 32_909, 32_946, 34_676, 34_677, 34_925,
  50_000,
])

/** The names of others that people know. */
const UNKNOWN: Readonly<Record<number, string>> = {
  22_610: 'JPEG XR',
  33_003: 'JPEG 2000 of such samples',
  33_004: 'JPEG 2000 of such samples',
  33_005: 'JPEG 2000 of such samples',
  34_661: 'JBIG',
  34_712: 'JPEG 2000 of such samples',
  34_887: 'LERC',
  34_892: 'JPEG of DNG',
  34_925: 'LZMA of such samples',
  34_933: 'PNG of such samples',
  34_934: 'JPEG XR',
  50_001: 'WebP of such samples',
  50_002: 'JPEG XL of such samples',
  52_546: 'JPEG XL of such samples',
}

const PHOTOMETRIC = { rgb: 2, ycbcr: 6 }

/** The value of `SampleFormat` for numbers without a sign. */
const UNSIGNED = 1

/** The bit of `NewSubfileType` (TIFF 6.0, section 8) for what says which pixels of another picture count. */
const MASK = 0b100

/** What makes a page of a TIFF file one that libvips reads as it is meant. */
export type TiffMending =
  /** A copy of which the page is the first picture. */
  | { readonly kind: 'patched'; readonly patches: Iterable<Patch>; readonly isFirst: boolean }
  /** The page is a JPEG as it stands in the file, from one place to another. */
  | { readonly kind: 'jpeg'; readonly start: number; readonly end: number }

/**
 * Finds what a page of a TIFF file needs before libvips can read it, or reads it as it is meant.
 *
 * @param path - of the file that is open, which patches are made from later
 * @returns undefined when it needs nothing
 * @throws {@link OperationError} source_feature_unsupported when it is compressed in a way that nobody here knows;
 *   source_corrupt when it ends too soon
 */
export function mendTiff(
  path: string,
  file: ReadableFile,
  { directory, index, below }: TiffPage,
): TiffMending | undefined {
  const tiff = openTiff(file.read)
  if (tiff === undefined) return undefined
  const compression = numberOf(directory, TIFF_TAGS.compression) ?? 1
  const named = UNKNOWN[compression]
  if (named !== undefined || !KNOWN.has(compression))
    throw unsupported(`a compression (${named ?? `number ${compression}`}) that cannot be read`)
  if (hasUnknownPlanes(directory)) {
    const feature =
      'samples in planes that cannot be read; one with the samples of a pixel together can'
    throw new OperationError('source_feature_unsupported', { feature })
  }
  if (compression === COMPRESSION.oldJpeg) return findOldJpeg(file, directory)
  const isFirst = below !== undefined || (index > 0 && startsWithMask(tiff))
  const place = isFirst ? [toFirst(tiff, directory)] : []
  const said =
    compression === COMPRESSION.jpeg
      ? correctColours(file, tiff, directory)
      : readAsTheyStand(tiff, directory)
  const patches = [...place, ...said]
  if (compression === COMPRESSION.zstandard) {
    const pieces = recompress(path, file.size, listPieces(tiff, directory))
    return { kind: 'patched', patches: chain(patches, pieces), isFirst }
  }
  return patches.length === 0 ? undefined : { kind: 'patched', patches, isFirst }
}

function unsupported(has: string): OperationError {
  const feature = `${has}; one without compression, or with LZW, Deflate, LZMA, Zstandard, JPEG, JPEG 2000, JPEG XL or WebP, can`
  return new OperationError('source_feature_unsupported', { feature })
}

function* chain(first: Iterable<Patch>, then: Iterable<Patch>): Generator<Patch> {
  yield* first
  yield* then
}

/** Makes a directory the first of its file. */
function toFirst(tiff: TiffFile, { at }: TiffDirectory): Patch {
  return tiff.isBig
    ? { at: 8, bytes: toBytes(at, 8, tiff.isLittle) }
    : { at: 4, bytes: toBytes(at, 4, tiff.isLittle) }
}

/** JPEG before Technical Note 2: a JPEG that stands in the file as a whole, or parts of one from which none can be made here. */
function findOldJpeg(file: ReadableFile, directory: TiffDirectory): TiffMending {
  const start = numberOf(directory, TIFF_TAGS.jpegInterchange)
  const length = numberOf(directory, TIFF_TAGS.jpegInterchangeLength)
  const stream = start === undefined ? undefined : readJpegStream(file, start)
  if (start === undefined || stream?.scan === undefined) {
    throw unsupported('a compression (JPEG in parts, as it was before 1995) that cannot be read')
  }
  return { kind: 'jpeg', start, end: length ? Math.min(start + length, file.size) : file.size }
}

/** libvips opens no file that begins with a mask of one bit, whichever picture of it is asked for. */
function startsWithMask(tiff: TiffFile): boolean {
  const kind = numberOf(tiff.directoryAt(tiff.first), TIFF_TAGS.newSubfileType) ?? 0
  return (kind & MASK) !== 0
}

/**
 * libvips makes something else of L*a*b* in most ways to write it, and cuts what is below 0 of grey with 16 bits: they are to be
 * read as they stand, for us to turn them into what they mean.
 */
function readAsTheyStand(tiff: TiffFile, directory: TiffDirectory): Patch[] {
  const samples = readTiffSamples(directory)
  const photometric = directory.fields.get(TIFF_TAGS.photometric)
  const format = directory.fields.get(TIFF_TAGS.sampleFormat)
  const patches: Patch[] = []
  if (samples?.colours === 'lab' && photometric !== undefined) {
    patches.push({ at: photometric.position, bytes: toBytes(PHOTOMETRIC.rgb, 2, tiff.isLittle) })
  }
  if (samples?.signed === true && format !== undefined) {
    for (const index of format.numbers().keys()) {
      patches.push({ at: placeOf(format, index), bytes: toBytes(UNSIGNED, 2, tiff.isLittle) })
    }
  }
  return patches
}

/** What a JPEG in a TIFF says of its own colours wins over what the directory says of them. */
function correctColours(file: ReadableFile, tiff: TiffFile, directory: TiffDirectory): Patch[] {
  const field = directory.fields.get(TIFF_TAGS.photometric)
  const said = numberOf(directory, TIFF_TAGS.photometric)
  const bits = numberOf(directory, TIFF_TAGS.bitsPerSample) ?? 1
  if (bits > 8) throw unsupported(`a compression (JPEG of ${bits} bits) that cannot be read`)
  if (field === undefined || numberOf(directory, TIFF_TAGS.samplesPerPixel) !== 3) return []
  const [start] = [TIFF_TAGS.stripOffsets, TIFF_TAGS.tileOffsets].flatMap((tag) =>
    numbersOf(directory, tag, 1),
  )
  if (start === undefined) return []
  const { hasJfif, adobeTransform, components } = readJpegStream(file, start)
  const isNamedRgb = components.join() === [...Buffer.from('RGB')].join()
  const isRgb = adobeTransform === 0 || (isNamedRgb && !hasJfif)
  const isYcbcr = !isRgb && (hasJfif || adobeTransform === 1)
  const meant = isRgb ? PHOTOMETRIC.rgb : isYcbcr ? PHOTOMETRIC.ycbcr : said
  if (meant === said || meant === undefined) return []
  if (said !== PHOTOMETRIC.rgb && said !== PHOTOMETRIC.ycbcr) return []
  return [{ at: field.position, bytes: toBytes(meant, 2, tiff.isLittle) }]
}

/** How many pieces of a picture are listed at most: far more than any has. */
const MOST_PIECES = 10_000_000

/** The strips or tiles of a page, and where the directory tells what of them. */
interface Pieces {
  readonly isLittle: boolean
  readonly compression: TiffField
  readonly places: TiffField
  readonly lengths: TiffField
  readonly pieces: readonly { readonly start: number; readonly length: number }[]
  /** As much as they have together at most, in bytes, when they are not compressed. */
  readonly bytes: number
}

function listPieces({ isLittle }: TiffFile, directory: TiffDirectory): Pieces {
  const { fields } = directory
  const compression = fields.get(TIFF_TAGS.compression)
  const places = fields.get(TIFF_TAGS.stripOffsets) ?? fields.get(TIFF_TAGS.tileOffsets)
  const lengths = fields.get(TIFF_TAGS.stripByteCounts) ?? fields.get(TIFF_TAGS.tileByteCounts)
  if (compression === undefined || places === undefined || lengths === undefined) {
    throw corruptSource('TIFF')
  }
  const counts = lengths.numbers(MOST_PIECES)
  const pieces = places
    .numbers(MOST_PIECES)
    .map((start, index) => ({ start, length: counts[index] ?? 0 }))
  return { isLittle, compression, places, lengths, pieces, bytes: bytesOf(directory) }
}

/** Tiles go beyond the edges of the picture. */
function bytesOf(directory: TiffDirectory): number {
  const number = (tag: number): number => numberOf(directory, tag) ?? 1
  const [across, down] = [number(TIFF_TAGS.tileWidth), number(TIFF_TAGS.tileLength)]
  const width = Math.ceil(number(TIFF_TAGS.width) / across) * across
  const height = Math.ceil(number(TIFF_TAGS.height) / down) * down
  const bits = number(TIFF_TAGS.bitsPerSample) * number(TIFF_TAGS.samplesPerPixel)
  return height * Math.ceil((width * bits) / 8)
}

/** Compresses the pieces of a page in another way, which leaves all else as it is: what was predicted still is. */
function* recompress(
  path: string,
  size: number,
  { isLittle, compression, places, lengths, pieces, bytes: most }: Pieces,
): Generator<Patch> {
  yield { at: compression.position, bytes: toBytes(COMPRESSION.deflate, 2, isLittle) }
  let left = most
  let end = size
  for (const [index, { start, length }] of pieces.entries()) {
    const content = decompress(readPart(path, start, length), left)
    left -= content.length
    const bytes = deflateSync(content, { level: 1 })
    yield { at: end, bytes }
    yield { at: placeOf(places, index), bytes: toBytes(end, sizeOf(places), isLittle) }
    yield { at: placeOf(lengths, index), bytes: toBytes(bytes.length, sizeOf(lengths), isLittle) }
    end += bytes.length
  }
}

/** The most that one piece has, in bytes: it is in memory as a whole. */
const MOST_PIECE_BYTES = 256 * 1024 ** 2

function decompress(piece: Buffer, left: number): Buffer {
  const most = Math.max(1, Math.min(left, MOST_PIECE_BYTES))
  try {
    return zstdDecompressSync(piece, { maxOutputLength: most })
  } catch (error) {
    throw corruptSource('TIFF', { cause: error })
  }
}

function sizeOf({ type }: TiffField): number {
  return TIFF_TYPE_BYTES[type] ?? 4
}

function placeOf(field: TiffField, index: number): number {
  return field.position + index * sizeOf(field)
}

/** @throws {@link OperationError} source_feature_unsupported when the number has more bytes than there are for it */
function toBytes(value: number, size: number, isLittle: boolean): Buffer {
  if (value >= 2 ** (8 * size))
    throw unsupported('a compression (Zstandard) in pieces that are too large')
  const bytes = Buffer.alloc(size)
  if (size === 8) {
    if (isLittle) bytes.writeBigUInt64LE(BigInt(value))
    else bytes.writeBigUInt64BE(BigInt(value))
  } else if (isLittle) bytes.writeUIntLE(value, 0, size)
  else bytes.writeUIntBE(value, 0, size)
  return bytes
}
