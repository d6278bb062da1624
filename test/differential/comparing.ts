import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import type { Size } from '../../src/engine/pictures/dimensions.ts'
import { type Resolution, readResolutions } from './exiftool.ts'
import type { DrawnInstructions } from './instructions.ts'

/** An image file, and what its header tells. */
export interface Picture extends Size {
  readonly bytes: Buffer
  readonly format: string
  readonly interlaced: boolean
  readonly resolution: Resolution | undefined
}

/** In what two pictures can differ. */
export type Aspect =
  | 'outcome'
  | 'format'
  | 'width'
  | 'height'
  | 'resolution'
  | 'interlacing'
  | 'colours'
  | 'transparency'
  | 'jpegSize'

/** One thing in which two pictures differ. */
export interface Disagreement {
  readonly aspect: Aspect
  /** Such as "width: 30 here, 60 there". */
  readonly sentence: string
}

/** Who rounds a side up and who rounds it down are both right. */
const SIDE_TOLERANCE = 1
/** A PNG counts whole pixels to a metre, a JPEG to an inch. */
const DPI_TOLERANCE = 0.5
/** How far pixels may be apart: 0 for equal ones, 1 for black and white. */
const PIXEL_TOLERANCE = 0.03
/** As a part of the bytes of a JPEG of the lowest quality. */
const COARSEST_TOLERANCE = 0.02
/** Two kinds of dither differ everywhere; blurred by this many pixels, they are the same colour again. */
const DITHER_RADIUS = 2

/** Reads image files; each is in the result by its path. */
export async function readPictures(
  files: readonly string[],
): Promise<ReadonlyMap<string, Picture>> {
  const resolutions = await readResolutions(files)
  const pictures = files.map(async (file) => {
    const bytes = await readFile(file)
    const { format, width, height, isProgressive } = await sharp(bytes).metadata()
    const resolution = resolutions.get(file)
    return [file, { bytes, format, width, height, interlaced: isProgressive, resolution }] as const
  })
  return new Map(await Promise.all(pictures))
}

/**
 * Tells everything in which what came of a rendition here is not like what came of it there.
 *
 * @param here - a picture, or the sentence that says why there is none
 * @param there - the same
 */
export async function compareOutcomes(
  here: Picture | string | undefined,
  there: Picture | string | undefined,
  { jpegSize = Infinity }: Pick<DrawnInstructions, 'jpegSize'>,
): Promise<Disagreement[]> {
  if (typeof here !== 'object' || typeof there !== 'object') {
    const [ours, theirs] = [here, there].map((each) => (typeof each === 'object' ? 'made' : each))
    return tell('outcome', ours, theirs, false)
  }
  const [ours, theirs] = [here.bytes.length, there.bytes.length]
  // What both make as coarse as a JPEG can be fits by chance, as the pixels of two filters compress.
  const asSmallAsCan = isCoarsest(here.bytes) && isNear(ours, theirs, theirs * COARSEST_TOLERANCE)
  const fits = here.format !== 'jpeg' || ours <= jpegSize || theirs > jpegSize || asSmallAsCan
  return [...(await comparePictures(here, there)), ...tell('jpegSize', ours, theirs, fits)]
}

/** Whether a JPEG has the lowest quality: the first table of steps that colours are rounded to has but the largest. */
function isCoarsest(jpeg: Buffer): boolean {
  const table = jpeg.indexOf(Buffer.from([0xff, 0xdb, 0, 67, 0]))
  if (table === -1) return false
  return jpeg.subarray(table + 5, table + 5 + 64).every((step) => step === 255)
}

async function comparePictures(here: Picture, there: Picture): Promise<Disagreement[]> {
  const [colours, transparency] = await Promise.all([
    measureDistance(here, there, decodeColours),
    measureDistance(here, there, decodeTransparency),
  ])
  return [
    ...tell('format', here.format, there.format, here.format === there.format),
    ...tell('width', here.width, there.width, isNear(here.width, there.width, SIDE_TOLERANCE)),
    ...tell('height', here.height, there.height, isNear(here.height, there.height, SIDE_TOLERANCE)),
    ...tell(
      'resolution',
      here.resolution,
      there.resolution,
      isNear(here.resolution?.x, there.resolution?.x, DPI_TOLERANCE) &&
        isNear(here.resolution?.y, there.resolution?.y, DPI_TOLERANCE),
    ),
    ...tell('interlacing', here.interlaced, there.interlaced, here.interlaced === there.interlaced),
    ...tell('colours', colours, 0, colours < PIXEL_TOLERANCE),
    ...tell('transparency', transparency, 0, transparency < PIXEL_TOLERANCE),
  ]
}

function tell(aspect: Aspect, here: unknown, there: unknown, alike: boolean): Disagreement[] {
  const [ours, theirs] = [here, there].map((value) => JSON.stringify(value) ?? 'none')
  return alike ? [] : [{ aspect, sentence: `${aspect}: ${ours} here, ${theirs} there` }]
}

function isNear(here: number | undefined, there: number | undefined, tolerance: number): boolean {
  return Math.abs((here ?? 0) - (there ?? 0)) <= tolerance
}

/** The root of the mean squared difference of what is decoded of both; the larger picture is made smaller for it. */
async function measureDistance(
  here: Picture,
  there: Picture,
  decode: (image: Sharp, picture: Picture) => Sharp,
): Promise<number> {
  const width = Math.min(here.width, there.width)
  const height = Math.min(here.height, there.height)
  const [one, other] = await Promise.all(
    [here, there].map(async (picture) => {
      const resized = sharp(picture.bytes).resize(width, height, { fit: 'fill' })
      return decode(resized, picture).raw().toBuffer()
    }),
  )
  assert.ok(one && other && one.length === other.length)
  const sum = one.reduce((total, sample, at) => total + ((sample - (other[at] ?? 0)) / 255) ** 2, 0)
  return Math.sqrt(sum / one.length)
}

function decodeColours(image: Sharp, picture: Picture): Sharp {
  return smooth(image.flatten({ background: '#808080' }).toColourspace('srgb'), picture)
}

function decodeTransparency(image: Sharp, picture: Picture): Sharp {
  return smooth(image.ensureAlpha().extractChannel('alpha'), picture)
}

/** Of its few colours a GIF mixes others by dither, and of opaque and clear pixels what is in between. */
function smooth(image: Sharp, { format }: Picture): Sharp {
  return format === 'gif' ? image.blur(DITHER_RADIUS) : image
}
