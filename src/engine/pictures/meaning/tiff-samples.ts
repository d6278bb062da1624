import {
  numberOf,
  numbersOf,
  TIFF_TAGS,
  type TiffDirectory,
} from '../../../sources/tiff-directory.ts'
import { SRGB_PRIMARIES } from './colour-space.ts'
import { BANDS, type Samples } from './samples.ts'

/** The values of `PhotometricInterpretation` (TIFF 6.0, section 8) that mean colours which can be told band by band. */
const COLOURS: Readonly<Record<number, Samples['colours']>> = {
  0: 'grey',
  1: 'grey',
  2: 'rgb',
  5: 'cmyk',
  8: 'lab',
  9: 'lab',
}

const WHITE_IS_ZERO = 0
const ICC_LAB = 9

/** The value of `PlanarConfiguration` of pictures whose colours are stored one after the other. */
const SEPARATE_PLANES = 2

/** The values of `Compression` (TIFF 6.0, Technical Note 2) whose decoder turns YCbCr into RGB. */
const JPEGS: ReadonlySet<number> = new Set([6, 7])

/** How many bits samples of L*a*b* have of which is known what they mean. */
const LAB_BITS: ReadonlySet<number> = new Set([8, 16])

/** The values of `SampleFormat` (TIFF 6.0, section 19); 4 is "undefined". */
const FORMATS = { unsigned: 1, signed: 2, float: 3, unknown: 4 }

/** The values of `ExtraSamples` (TIFF 6.0, section 18) that are transparency: multiplied with the colours, and not. */
const TRANSPARENCY: ReadonlySet<number> = new Set([1, 2])

/** The most bits of whole numbers that libvips makes out what they mean of. */
const MOST_BITS = 16

const LINEAR = { primaries: SRGB_PRIMARIES, transfer: { kind: 'power', gamma: 1 } } as const

/**
 * Tells what the samples of a picture of a TIFF file mean, where libvips does not: to it the last band of more than colours
 * have is transparency, whatever `ExtraSamples` says, and numbers of another kind than unsigned ones of 8 or 16 bits are
 * numbers of those.
 *
 * @returns undefined when libvips is right
 */
export function readTiffSamples(directory: TiffDirectory): Samples | undefined {
  const photometric = numberOf(directory, TIFF_TAGS.photometric) ?? -1
  const colours = COLOURS[photometric]
  if (colours === undefined) return undefined
  const bits = numberOf(directory, TIFF_TAGS.bitsPerSample) ?? 1
  const format = numberOf(directory, TIFF_TAGS.sampleFormat) ?? FORMATS.unsigned
  const extra = (numberOf(directory, TIFF_TAGS.samplesPerPixel) ?? 1) - BANDS[colours]
  const kinds = numbersOf(directory, TIFF_TAGS.extraSamples).slice(0, Math.max(0, extra))
  const transparency = kinds.findIndex((kind) => TRANSPARENCY.has(kind))
  const alpha = transparency === -1 ? undefined : BANDS[colours] + transparency
  const isUnsigned = format === FORMATS.unsigned || format === FORMATS.unknown
  const isJpeg = JPEGS.has(numberOf(directory, TIFF_TAGS.compression) ?? 1)
  if (colours === 'lab') {
    const isKnown = LAB_BITS.has(bits) && extra >= 0 && isUnsigned && !isJpeg
    return isKnown ? { colours, alpha, labFromZero: photometric === ICC_LAB } : undefined
  }
  const isUnderstood = extra <= 0 || (extra === 1 && alpha !== undefined)
  const isFloat = format === FORMATS.float
  // Of colours in light libvips knows how they are made visible.
  const isUsual = isFloat ? colours === 'rgb' : isUnsigned && bits <= MOST_BITS
  if (isUnderstood && isUsual) return undefined
  return {
    colours,
    alpha,
    signed: format === FORMATS.signed && bits === 16 && colours === 'grey',
    // Of whole numbers libvips knows it.
    whiteIsLeast: isFloat && photometric === WHITE_IS_ZERO,
    space: isFloat && colours !== 'cmyk' ? LINEAR : undefined,
  }
}

/** Whether ImageMagick, which reads what libvips does not, takes black for white: where 0 is white, and samples are no bytes. */
export function isTakenForWhite(directory: TiffDirectory): boolean {
  const bits = numberOf(directory, TIFF_TAGS.bitsPerSample) ?? 1
  return numberOf(directory, TIFF_TAGS.photometric) === WHITE_IS_ZERO && bits > 8
}

/** Whether colours are stored one after the other in tiles, which libvips opens and then does not read. */
export function isInTiledPlanes(directory: TiffDirectory): boolean {
  const samples = numberOf(directory, TIFF_TAGS.samplesPerPixel) ?? 1
  return samples > 1 && isInPlanes(directory) && directory.fields.has(TIFF_TAGS.tileWidth)
}

/** Whether nobody here reads a picture rightly: one in planes of grey and others, or in planes of tiles with more than its colours. */
export function hasUnknownPlanes(directory: TiffDirectory): boolean {
  const colours = COLOURS[numberOf(directory, TIFF_TAGS.photometric) ?? -1]
  const samples = numberOf(directory, TIFF_TAGS.samplesPerPixel) ?? 1
  if (colours === undefined || samples <= BANDS[colours] || !isInPlanes(directory)) return false
  return colours === 'grey' || isInTiledPlanes(directory)
}

function isInPlanes(directory: TiffDirectory): boolean {
  return numberOf(directory, TIFF_TAGS.planarConfiguration) === SEPARATE_PLANES
}
