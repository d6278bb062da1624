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
}

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
  const colours = COLOURS[numberOf(directory, TIFF_TAGS.photometric) ?? -1]
  if (colours === undefined) return undefined
  const bits = numberOf(directory, TIFF_TAGS.bitsPerSample) ?? 1
  const format = numberOf(directory, TIFF_TAGS.sampleFormat) ?? FORMATS.unsigned
  const extra = (numberOf(directory, TIFF_TAGS.samplesPerPixel) ?? 1) - BANDS[colours]
  const kinds = numbersOf(directory, TIFF_TAGS.extraSamples).slice(0, Math.max(0, extra))
  const transparency = kinds.findIndex((kind) => TRANSPARENCY.has(kind))
  const alpha = transparency === -1 ? undefined : BANDS[colours] + transparency
  const isUnderstood = extra <= 0 || (extra === 1 && alpha !== undefined)
  const isFloat = format === FORMATS.float
  // Of colours in light libvips knows how they are made visible.
  const isUsual = isFloat
    ? colours === 'rgb'
    : (format === FORMATS.unsigned || format === FORMATS.unknown) && bits <= MOST_BITS
  if (isUnderstood && isUsual) return undefined
  return { colours, alpha, space: isFloat && colours !== 'cmyk' ? LINEAR : undefined }
}
