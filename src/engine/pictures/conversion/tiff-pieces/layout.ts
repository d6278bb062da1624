import {
  numberOf,
  numbersOf,
  TIFF_TAGS,
  type TiffDirectory,
} from '../../../../sources/tiff-directory.ts'
import { isReadable, type NumberFormat } from './numbers.ts'
import { DECODED_JPEG, isJpeg, isLogLuv, isPicture } from './piece-codings.ts'
import { isPredictable } from './predict.ts'
import { isUnpackedHere } from './unpack.ts'

/** How a picture of a TIFF file is laid out. */
export interface TiffLayout {
  readonly width: number
  readonly height: number
  readonly compression: number
  readonly predictor: number
  readonly format: NumberFormat
  /** What the first samples of a pixel are. */
  readonly colours: 'grey' | 'rgb' | 'palette' | 'cmyk' | 'lab' | 'ycbcr'
  /** Whether the least number is white. */
  readonly whiteIsZero: boolean
  /** Whether a* and b* are written as from 0 on, in place of as numbers with a sign. */
  readonly labFromZero: boolean
  /** How many samples a pixel has. */
  readonly samples: number
  /** Which of them says how much a pixel covers, and whether colours have been multiplied by that. */
  readonly alpha: { readonly index: number; readonly premultiplied: boolean } | undefined
  /** How many pixels share their differences of colours, across and down; undefined where none do. */
  readonly subsampling: { readonly across: number; readonly down: number } | undefined
  /** Whether samples are stored one after the other, in place of pixels. */
  readonly inPlanes: boolean
  /** Whether the lowest bit of a byte comes first. */
  readonly lowestFirst: boolean
  /** The size of a piece; pieces of the last row end with the picture where they are no tiles. */
  readonly piece: { readonly width: number; readonly height: number; readonly isTile: boolean }
}

const COLOURS: Readonly<Record<number, TiffLayout['colours']>> = {
  0: 'grey',
  1: 'grey',
  2: 'rgb',
  3: 'palette',
  5: 'cmyk',
  6: 'ycbcr',
  8: 'lab',
  9: 'lab',
}

/** How many samples colours have. */
export const COLOUR_SAMPLES = { grey: 1, rgb: 3, palette: 1, cmyk: 4, lab: 3, ycbcr: 3 } as const

const WHITE_IS_ZERO = 0
const ICC_LAB = 9
const IN_PLANES = 2
const LOWEST_FIRST = 2
const PREMULTIPLIED = 1
const TRANSPARENCY: ReadonlySet<number> = new Set([PREMULTIPLIED, 2])

/** By the number of `SampleFormat` (TIFF 6.0, section 19); 4 is "undefined". */
const KINDS: Readonly<Record<number, NumberFormat['kind']>> = {
  1: 'unsigned',
  2: 'signed',
  3: 'float',
  4: 'unsigned',
}

/** In which numbers some colours are meant to be; others are in any. */
const MEANT: Partial<
  Readonly<Record<TiffLayout['colours'], (format: Pick<NumberFormat, 'bits' | 'kind'>) => boolean>>
> = {
  palette: ({ bits, kind }) => kind === 'unsigned' && bits <= 16,
  lab: ({ bits, kind }) => kind !== 'float' && [8, 16].includes(bits),
  ycbcr: ({ bits, kind }) => kind === 'unsigned' && [8, 12, 16].includes(bits),
}

/** As how many pixels may share their colours (TIFF 6.0, section 21). */
const SHARED: ReadonlySet<number> = new Set([1, 2, 4])

/** Two pixels in each direction share their differences of colours unless it is told otherwise. */
function readSubsampling(
  directory: TiffDirectory,
  colours: TiffLayout['colours'],
): TiffLayout['subsampling'] {
  if (colours !== 'ycbcr') return undefined
  const [across = 2, down = 2] = numbersOf(directory, TIFF_TAGS.ycbcrSubsampling)
  return (across === 1 && down === 1) || !SHARED.has(across) || !SHARED.has(down)
    ? undefined
    : { across, down }
}

/** The bits of samples that libvips reads, or ImageMagick as they are meant. */
const USUAL_BITS: ReadonlySet<number> = new Set([1, 2, 4, 8, 10, 12, 14, 16, 32])

const LZMA = 34_925

/**
 * Tells how a picture is laid out.
 *
 * @returns undefined when it is in a way that is not read here
 */
export function readTiffLayout(
  directory: TiffDirectory,
  isLittle: boolean,
): TiffLayout | undefined {
  const number = (tag: number, usual: number): number => numberOf(directory, tag) ?? usual
  const width = number(TIFF_TAGS.width, 0)
  const height = number(TIFF_TAGS.height, 0)
  const samples = number(TIFF_TAGS.samplesPerPixel, 1)
  // Some leave it out, of which others take the usual one.
  const photometric = number(TIFF_TAGS.photometric, samples < 3 ? 1 : 2)
  const colours = COLOURS[photometric]
  const allBits = numbersOf(directory, TIFF_TAGS.bitsPerSample)
  const bits = allBits[0] ?? 1
  const kind = KINDS[number(TIFF_TAGS.sampleFormat, 1)]
  if (colours === undefined || kind === undefined || allBits.some((each) => each !== bits))
    return undefined
  const compression = number(TIFF_TAGS.compression, 1)
  const isDeep = isJpeg(compression) && bits === 12 && kind === 'unsigned'
  const format = isDeep ? DECODED_JPEG : { bits, kind, isLittle }
  const predictor = number(TIFF_TAGS.predictor, 1)
  const colourSamples = COLOUR_SAMPLES[colours]
  const isTold =
    isReadable(format) &&
    (isUnpackedHere(compression) ||
      (isPicture(compression, format) && predictor === 1 && colours !== 'ycbcr') ||
      isDeep) &&
    isPredictable(predictor, format) &&
    samples >= colourSamples &&
    width > 0 &&
    height > 0
  const shared = isDeep ? undefined : readSubsampling(directory, colours)
  const isMeant = MEANT[colours]?.({ bits, kind }) ?? true
  if (!isTold || !isMeant || (shared && (bits !== 8 || predictor !== 1 || samples !== 3)))
    return undefined
  const extra = numbersOf(directory, TIFF_TAGS.extraSamples).slice(0, samples - colourSamples)
  const found = extra.findIndex((each) => TRANSPARENCY.has(each))
  const tile = numberOf(directory, TIFF_TAGS.tileWidth)
  return {
    width,
    height,
    compression,
    predictor,
    format,
    colours,
    whiteIsZero: photometric === WHITE_IS_ZERO,
    labFromZero: photometric === ICC_LAB,
    samples,
    alpha:
      found === -1
        ? undefined
        : { index: colourSamples + found, premultiplied: extra[found] === PREMULTIPLIED },
    subsampling: shared,
    inPlanes: samples > 1 && number(TIFF_TAGS.planarConfiguration, 1) === IN_PLANES,
    lowestFirst: number(TIFF_TAGS.fillOrder, 1) === LOWEST_FIRST,
    piece:
      tile === undefined
        ? { width, height: Math.min(height, number(TIFF_TAGS.rowsPerStrip, height)), isTile: false }
        : { width: tile, height: number(TIFF_TAGS.tileLength, 0), isTile: true },
  }
}

/**
 * Whether a picture is read here: its samples are packed, or laid out, in a way that neither libvips nor ImageMagick read as it
 * is meant.
 */
export function isReadInPieces(directory: TiffDirectory, isLittle: boolean): boolean {
  if (isLogLuv(directory)) return true
  const layout = readTiffLayout(directory, isLittle)
  if (layout === undefined) return false
  const { colours, compression, format, samples, inPlanes, piece } = layout
  const hasMore = samples > COLOUR_SAMPLES[colours]
  const isFloat = format.kind === 'float'
  return (
    colours === 'ycbcr' ||
    compression === LZMA ||
    isJpeg(compression) ||
    (colours === 'palette' && format.bits > 8) ||
    (inPlanes && isFloat && (piece.isTile || format.bits !== 32)) ||
    isPicture(compression, format) ||
    !USUAL_BITS.has(format.bits) ||
    !directory.fields.has(TIFF_TAGS.photometric) ||
    (inPlanes && hasMore && (colours === 'grey' || piece.isTile))
  )
}
