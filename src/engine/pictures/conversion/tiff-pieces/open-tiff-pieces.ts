import {
  numbersOf,
  openTiff,
  TIFF_TAGS,
  type TiffDirectory,
} from '../../../../sources/tiff-directory.ts'
import { encodeLight } from '../../meaning/to-srgb.ts'
import type { ConversionRequest } from '../conversion.ts'
import { IncompleteFile, type SourceBytes } from '../magick-source.ts'
import type { OpenedRaster, Raster } from '../raster.ts'
import { divideByAlpha, turnLabIntoRgb } from '../samples.ts'
import { decodeDeepPiece } from './decode-deep-piece.ts'
import { decodePiece } from './decode-piece.ts'
import { COLOUR_SAMPLES, readTiffLayout, type TiffLayout } from './layout.ts'
import { openLogLuv } from './log-luv.ts'
import { numberReader, type ReadShare, shareReader } from './numbers.ts'
import { isJpeg, isLogLuv, isPicture } from './piece-codings.ts'
import { type Piece, walkPieces } from './pieces.ts'
import { undoPrediction } from './predict.ts'
import { packedLength, spreadColours } from './subsampled.ts'
import { unpackPiece } from './unpack.ts'
import { createYcbcrTurner } from './ycbcr.ts'

/** What pixels of five samples take, and pieces of them. */
const BYTES_A_PIXEL = 8

/** As what colours are written, and how many samples they have then. */
const WRITTEN = {
  grey: { colours: 'grey', samples: 1 },
  rgb: { colours: 'rgb', samples: 3 },
  palette: { colours: 'rgb', samples: 3 },
  cmyk: { colours: 'cmyk', samples: 4 },
  lab: { colours: 'rgb', samples: 3 },
  ycbcr: { colours: 'rgb', samples: 3 },
} as const

/** Opens a picture of a TIFF file whose pieces are read here. */
export function openTiffPieces(
  file: SourceBytes,
  { directory: at }: Pick<ConversionRequest, 'directory'>,
): OpenedRaster {
  const read = (position: number, length: number): Buffer => {
    const left = Math.max(0, file.size - position)
    return left === 0
      ? Buffer.alloc(0)
      : file.read([{ start: position, length: Math.min(length, left) }])
  }
  const tiff = openTiff(read)
  const directory = tiff?.directoryAt(at ?? tiff.first)
  if (directory !== undefined && isLogLuv(directory)) return openLogLuv(file, directory)
  const layout = tiff && directory && readTiffLayout(directory, tiff.isLittle)
  if (layout === undefined || directory === undefined)
    throw new IncompleteFile('The file has no picture that is read here.')
  const { width, height } = layout
  return {
    width,
    height,
    bytesAPixel: BYTES_A_PIXEL,
    decode: () => decode(file, directory, layout),
  }
}

function decode(file: SourceBytes, directory: TiffDirectory, layout: TiffLayout): Raster {
  const { width, height, alpha, colours } = layout
  const written = WRITTEN[colours]
  const samples = written.samples + (alpha === undefined ? 0 : 1)
  const pixels = new Uint8Array(width * height * samples)
  const put = createPutter(directory, layout, pixels, samples)
  const unpack = createUnpacker(file, directory, layout)
  for (const piece of walkPieces(directory, layout)) {
    const unpacked = unpack(piece)
    const count = layout.inPlanes ? 1 : layout.samples
    for (let y = 0; y < piece.rows && piece.top + y < height; y += 1) {
      const row = unpacked.subarray(y * piece.rowBytes, (y + 1) * piece.rowBytes)
      undoPrediction(row, layout.predictor, { ...layout.format, samples: count })
      put(row, piece.top + y, piece)
    }
  }
  if (alpha?.premultiplied) divideByAlpha(pixels, samples)
  if (colours === 'lab') turnLabIntoRgb(pixels, samples)
  if (colours === 'ycbcr') createYcbcrTurner(directory)(pixels, samples)
  const rowBytes = width * samples
  return {
    width,
    height,
    colours: written.colours,
    alpha: alpha !== undefined,
    profile:
      colours === 'lab' || isLight(layout)
        ? undefined
        : readField(file, directory, TIFF_TAGS.profile),
    rows: (y, count) => pixels.subarray(y * rowBytes, (y + count) * rowBytes),
  }
}

/** Makes what reads a piece as the samples that it has without compression. */
function createUnpacker(
  file: SourceBytes,
  directory: TiffDirectory,
  { compression, format, samples, inPlanes, lowestFirst, subsampling }: TiffLayout,
): (piece: Piece) => Buffer {
  const count = inPlanes ? 1 : samples
  if (isJpeg(compression)) {
    const tables = readField(file, directory, TIFF_TAGS.jpegTables)
    return (piece) =>
      decodeDeepPiece(file.read([piece.place]), tables, { ...piece, samples: count })
  }
  if (isPicture(compression, format))
    return (piece) =>
      decodePiece(file.read([piece.place]), compression, { ...format, ...piece, samples: count })
  return (piece) => {
    const packed = file.read([piece.place])
    if (lowestFirst) turnBytes(packed)
    if (subsampling === undefined)
      return unpackPiece(packed, compression, piece.rowBytes * piece.rows)
    const shared = { ...subsampling, inPlanes }
    return spreadColours(
      unpackPiece(packed, compression, packedLength(piece, shared)),
      piece,
      shared,
    )
  }
}

function readField(file: SourceBytes, { fields }: TiffDirectory, tag: number): Buffer | undefined {
  const field = fields.get(tag)
  if (field === undefined || field.position + field.count > file.size) return undefined
  return file.read([{ start: field.position, length: field.count }])
}

function isLight({ format, colours }: TiffLayout): boolean {
  return format.kind === 'float' && colours !== 'cmyk'
}

/** Puts the samples of a row of a piece where they belong. */
type PutRow = (row: Buffer, y: number, piece: Piece) => void

function createPutter(
  directory: TiffDirectory,
  layout: TiffLayout,
  pixels: Uint8Array,
  written: number,
): PutRow {
  const { width, samples, inPlanes, colours, alpha } = layout
  const putters = Array.from({ length: samples }, (_, sample) => {
    if (sample === alpha?.index) return putShare(layout, written - 1)
    if (sample >= COLOUR_SAMPLES[colours]) return undefined
    return colours === 'palette' ? putColour(directory, layout) : putShare(layout, sample)
  })
  return (row, y, { left, plane, rowBytes }) => {
    const step = inPlanes ? 1 : samples
    const inPiece = Math.floor((rowBytes * 8) / (step * layout.format.bits))
    const count = Math.min(width - left, inPiece)
    for (
      let sample = inPlanes ? plane : 0;
      sample < (inPlanes ? plane + 1 : samples);
      sample += 1
    ) {
      const put = putters[sample]
      if (put === undefined) continue
      const first = inPlanes ? 0 : sample
      for (let x = 0; x < count; x += 1)
        put(row, first + x * step, pixels, (y * width + left + x) * written)
    }
  }
}

/** Puts the sample at a place of a row into the pixel that begins at another. */
type Put = (row: Buffer, index: number, pixels: Uint8Array, at: number) => void

/** Puts a sample of a colour, or of how much is covered, behind those before it. */
function putShare(layout: TiffLayout, to: number): Put {
  const { format, colours, whiteIsZero, labFromZero, alpha } = layout
  const isAlpha = alpha !== undefined && to === WRITTEN[colours].samples
  const read: ReadShare = colours === 'lab' ? numberReader(format) : shareReader(format)
  if (colours === 'lab' && !isAlpha) {
    const most = 2 ** format.bits - 1
    const half = labFromZero || to === 0 ? 0 : 2 ** (format.bits - 1)
    return (row, index, pixels, at) => {
      const value = (read(row, index) + half) % (most + 1)
      pixels[at + to] = Math.floor((value * 255) / most)
    }
  }
  const encode = isLight(layout) && !isAlpha ? encodeLight : toByte
  const isTurned = whiteIsZero && !isAlpha
  return (row, index, pixels, at) => {
    const value = read(row, index)
    pixels[at + to] = encode(isTurned ? 1 - value : value)
  }
}

/** What is no number is nothing. */
function toByte(share: number): number {
  return share > 0 ? Math.round(255 * Math.min(1, share)) : 0
}

function putColour(directory: TiffDirectory, { format }: TiffLayout): Put {
  const count = 2 ** format.bits
  const map = numbersOf(directory, TIFF_TAGS.colourMap, 3 * count)
  // Older programs wrote colours of 8 bits.
  const shift = map.some((value) => value > 255) ? 8 : 0
  const palette = Uint8Array.from({ length: 3 * count }, (_, at) => (map[at] ?? 0) >> shift)
  const read = numberReader(format)
  return (row, index, pixels, at) => {
    const colour = read(row, index)
    for (let sample = 0; sample < 3; sample += 1)
      pixels[at + sample] = palette[sample * count + colour] ?? 0
  }
}

/** Turns the bits of each byte around, in place. */
function turnBytes(bytes: Buffer): void {
  for (const [at, byte] of bytes.entries()) {
    let turned = 0
    for (let bit = 0; bit < 8; bit += 1) turned |= ((byte >> bit) & 1) << (7 - bit)
    bytes[at] = turned
  }
}
