import { inflateSync } from 'node:zlib'
import type { ReadableFile, ReadBytes } from '../../../sources/open-file.ts'
import { CENTIMETRES, METRES, type Resolution } from './resolution.ts'
import { type ImageDirectory, readTiffDirectory } from './tiff-directory.ts'

/** A chunk of a PNG file (PNG specification, section 5.3). */
export interface PngChunk {
  readonly type: string
  /** Where its data starts in the file, in bytes. */
  readonly position: number
  /** How many bytes of data it has. */
  readonly length: number
}

const SIGNATURE_BYTES = 8
/** Length and type before the data. */
const HEAD_BYTES = 8
const CHECKSUM_BYTES = 4

/**
 * Walks through the chunks of a PNG file, from the first to IEND or to the end of what is there. ImageMagick puts Exif
 * data behind the picture, so a reader has to come by all of it.
 */
export function* walkPngChunks(read: ReadBytes): Generator<PngChunk> {
  let position = SIGNATURE_BYTES
  for (;;) {
    const head = read(position, HEAD_BYTES)
    if (head.length < HEAD_BYTES) return
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4, 8)
    yield { type, position: position + HEAD_BYTES, length }
    if (type === 'IEND') return
    position += HEAD_BYTES + length + CHECKSUM_BYTES
  }
}

const UNIT_METRE = 1

/** Longer ones are no Exif data, which JPEG limits to 64 KB. Hexadecimal doubles that. */
const MOST_TEXT_BYTES = 256 * 1024

/**
 * Reads a PNG file's resolution (chunk pHYs) and orientation: from the Exif data of its chunk eXIf, or of the text chunks
 * `Raw profile type exif` and `Raw profile type APP1`, in which programs kept it before there was an eXIf.
 */
function readPngHeader(read: ReadBytes): ImageDirectory {
  let resolution: Resolution | undefined
  let orientation: number | undefined
  for (const chunk of walkPngChunks(read)) {
    if (chunk.type === 'pHYs') resolution ??= toResolution(dataOf(chunk, read))
    const exif = exifOf(chunk, read)
    if (exif !== undefined) orientation ??= readExif(exif).orientation
  }
  return { ...(resolution && { resolution }), ...(orientation && { orientation }) }
}

/** Reads Exif data, with or without the mark `Exif` before it. */
function readExif(exif: Buffer): ImageDirectory {
  const tiff = exif.toString('latin1', 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif
  return readTiffDirectory((position, length) => tiff.subarray(position, position + length))
}

function toResolution(data: Buffer): Resolution | undefined {
  if (data.length < 9 || data[8] !== UNIT_METRE) return undefined
  const x = data.readUInt32BE(0) * METRES
  const y = data.readUInt32BE(4) * METRES
  return x > 0 && y > 0 ? { x, y } : undefined
}

function exifOf(chunk: PngChunk, read: ReadBytes): Buffer | undefined {
  if (chunk.type === 'eXIf') return dataOf(chunk, read)
  if (chunk.type !== 'tEXt' && chunk.type !== 'zTXt') return undefined
  const data = dataOf(chunk, read)
  const end = data.indexOf(0)
  const keyword = data.toString('latin1', 0, end)
  if (keyword !== 'Raw profile type exif' && keyword !== 'Raw profile type APP1') return undefined
  const text = chunk.type === 'tEXt' ? data.subarray(end + 1) : inflate(data.subarray(end + 2))
  // A line with a name, one with the count of bytes, then the bytes in hexadecimal.
  const [, hex] = /^\s*\w+\s+\d+\s+([\da-f\s]*)$/i.exec(text.toString('latin1')) ?? []
  return hex === undefined ? undefined : Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')
}

function inflate(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: MOST_TEXT_BYTES })
  } catch {
    return Buffer.alloc(0)
  }
}

function dataOf({ position, length }: PngChunk, read: ReadBytes): Buffer {
  return read(position, Math.min(length, MOST_TEXT_BYTES))
}

/**
 * Reads what libvips does not tell of an image file: its resolution in both directions, and the orientation of PNG files.
 *
 * @param exif - the Exif data that libvips has found in it
 * @param place - of a TIFF file, where the directory of the picture begins; the first unless given
 */
export function readHeader(
  { read }: Pick<ReadableFile, 'read'>,
  format: string,
  exif: Buffer | undefined,
  place?: number,
): ImageDirectory {
  if (format === 'PNG') return readPngHeader(read)
  if (format === 'TIFF') return readTiffDirectory(read, place)
  const directory = exif === undefined ? {} : readExif(exif)
  const resolution = format === 'JPEG' ? readJfif(read(0, JFIF_BYTES)) : undefined
  return { ...directory, ...(resolution && { resolution }) }
}

/** The start of a JPEG file up to the resolution in its JFIF segment, which has to be the first. */
const JFIF_BYTES = 18
const UNITS: Readonly<Record<number, number>> = { 1: 1, 2: CENTIMETRES }

function readJfif(start: Buffer): Resolution | undefined {
  if (start.length < JFIF_BYTES || start.toString('latin1', 6, 11) !== 'JFIF\0') return undefined
  const inches = UNITS[start.readUInt8(13)]
  const x = start.readUInt16BE(14)
  const y = start.readUInt16BE(16)
  return inches && x && y ? { x: x * inches, y: y * inches } : undefined
}

/** Start of image, where a JFIF segment has to follow. */
const SOI_BYTES = 2

/**
 * Adds a JFIF segment (version 1.02) to a JPEG that has none, which libvips leaves out together with all other metadata.
 *
 * @param resolution - what it shall say; nothing when undefined, and to the nearest dot per inch, since JFIF has no fractions
 */
export function withJfif(jpeg: Buffer, resolution: Resolution | undefined): Buffer {
  const { x, y } = resolution ?? { x: 1, y: 1 }
  const segment = Buffer.from('ffe000104a46494600010200000000000000', 'hex')
  segment.writeUInt8(resolution === undefined ? 0 : 1, 11)
  segment.writeUInt16BE(toShort(x), 12)
  segment.writeUInt16BE(toShort(y), 14)
  return Buffer.concat([jpeg.subarray(0, SOI_BYTES), segment, jpeg.subarray(SOI_BYTES)])
}

function toShort(dots: number): number {
  return Math.min(65_535, Math.max(1, Math.round(dots)))
}
