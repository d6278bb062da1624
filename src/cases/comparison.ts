import { readFile } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'
import { compareArchives, isZip } from './archive-comparison.ts'
import { type FileResolution, isInterlacedGif, readResolution } from './comparison-headers.ts'
import { findFirstDifference } from './first-difference.ts'

/** How far the pixels of two renditions may be apart: 0 for equal ones, 1 for black and white. */
export const PIXEL_TOLERANCE = 0.02

// A PNG stores whole pixels a metre: who asks for 300 dpi is served with 299.9994.
const DPI_TOLERANCE = 0.5

// A new version of an encoder changes less than this; a quality that nobody heeds changes more.
const SIZE_TOLERANCE = 0.25
const SIZE_TOLERANCE_BYTES = 256

/** A rendition as far as its header tells. */
interface Description {
  readonly bytes: Buffer
  readonly metadata: Metadata
}

/**
 * Compares two renditions as somebody does who uses them: pictures not byte for byte, but by what they are and how they
 * look, archives by what is in them, and anything else by its bytes.
 *
 * @param expected - a file, its path or its bytes
 * @param actual - the same
 * @param options.tolerance - how far the pixels may be apart, {@link PIXEL_TOLERANCE} unless given
 * @returns one sentence a difference, such as "width is 200 pixels, expected 199 pixels"; none when they are alike
 * @throws when there is no file at a path
 */
export async function compareRenditions(
  expected: string | Buffer,
  actual: string | Buffer,
  { tolerance = PIXEL_TOLERANCE }: { tolerance?: number } = {},
): Promise<string[]> {
  const [expectedBytes, bytes] = await Promise.all([read(expected), read(actual)])
  if (isZip(expectedBytes)) return compareArchives(expectedBytes, bytes)
  const wanted = await describeImage(expectedBytes).catch(() => undefined)
  if (wanted === undefined || wanted.metadata.format === 'svg') {
    return expectedBytes.equals(bytes) ? [] : [findFirstDifference(expectedBytes, bytes)]
  }
  const found = await describeImage(bytes).catch(() => undefined)
  if (found === undefined) return ['it is no image']
  const traits = compareTraits(wanted, found)
  const sameShape = SHAPE.every((trait) => TRAITS[trait](wanted) === TRAITS[trait](found))
  return [
    ...traits,
    ...compareResolutions(readResolution(wanted.bytes), readResolution(found.bytes)),
    ...(traits.length === 0 ? compareSizes(wanted.bytes.length, found.bytes.length) : []),
    ...(sameShape ? await comparePixels(wanted.bytes, found.bytes, tolerance) : []),
  ]
}

/** What has to be exactly as expected, and how a sentence puts it. */
const TRAITS = {
  format: ({ metadata }) => (metadata.compression === 'av1' ? 'avif' : metadata.format),
  width: ({ metadata }) => `${metadata.width} pixels`,
  height: ({ metadata }) => `${metadata.pageHeight ?? metadata.height} pixels`,
  'number of pages': ({ metadata }) => metadata.pages ?? 1,
  'time of the pages': ({ metadata }) => `${metadata.delay?.join(', ') ?? 'no'} ms`,
  interlacing: ({ bytes, metadata }) =>
    metadata.isProgressive || (metadata.format === 'gif' && isInterlacedGif(bytes)) ? 'on' : 'off',
  transparency: ({ metadata }) => (metadata.hasAlpha ? 'there' : 'not there'),
  'number of channels': ({ metadata }) => metadata.channels,
  'colour space': ({ metadata }) => metadata.space,
  'colour profile': ({ metadata }) => (metadata.hasProfile ? 'there' : 'not there'),
  'XMP packet': ({ metadata }) => metadata.xmp?.toString().trim() ?? 'not there',
} as const satisfies Record<string, (image: Description) => string | number>

/** The traits without which there are no pixels to compare with each other. */
const SHAPE = ['width', 'height', 'number of pages'] as const

function compareTraits(wanted: Description, found: Description): string[] {
  const differences = Object.entries(TRAITS).flatMap(([name, trait]) => {
    const [is, expected] = [trait(found), trait(wanted)]
    return is === expected ? [] : [`${name} is ${is}, expected ${expected}`]
  })
  // Renditions are upright. A tag that says otherwise is wrong, whatever the expected rendition has.
  const { orientation = 1 } = found.metadata
  return orientation === 1
    ? differences
    : [...differences, `orientation is ${orientation}, expected none`]
}

function compareResolutions(
  wanted: FileResolution | undefined,
  found: FileResolution | undefined,
): string[] {
  const close =
    wanted === undefined || found === undefined
      ? wanted === found
      : Math.abs(wanted.x - found.x) <= DPI_TOLERANCE &&
        Math.abs(wanted.y - found.y) <= DPI_TOLERANCE
  return close ? [] : [`resolution is ${inWords(found)}, expected ${inWords(wanted)}`]
}

function inWords(resolution: FileResolution | undefined): string {
  if (resolution === undefined) return 'not there'
  return `${resolution.x.toFixed(1)} × ${resolution.y.toFixed(1)} dpi`
}

function compareSizes(wanted: number, found: number): string[] {
  const tolerance = Math.max(wanted * SIZE_TOLERANCE, SIZE_TOLERANCE_BYTES)
  return Math.abs(wanted - found) <= tolerance
    ? []
    : [`size is ${found} bytes, expected about ${wanted}`]
}

async function comparePixels(wanted: Buffer, found: Buffer, tolerance: number): Promise<string[]> {
  const [one, other] = await Promise.all([decode(wanted), decode(found).catch(() => undefined)])
  if (other === undefined) return ['the pixels cannot be decoded']
  const distance = measureDistance(one, other)
  return distance <= tolerance
    ? []
    : [`distance of the pixels is ${distance.toFixed(4)}, expected at most ${tolerance}`]
}

/** The root of the mean squared difference of colour and transparency; a colour counts as much as one sees of it. */
function measureDistance(one: Buffer, other: Buffer): number {
  let sum = 0
  for (let at = 0; at < one.length; at += 4) {
    const [alpha, otherAlpha] = [sample(one, at + 3), sample(other, at + 3)]
    sum += (alpha - otherAlpha) ** 2
    for (let colour = at; colour < at + 3; colour++) {
      sum += (sample(one, colour) * alpha - sample(other, colour) * otherAlpha) ** 2
    }
  }
  return Math.sqrt(sum / one.length)
}

function sample(pixels: Buffer, at: number): number {
  return (pixels[at] ?? 0) / 255
}

/** All pages under each other, four bytes a pixel. */
function decode(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes, { pages: -1 }).toColourspace('srgb').ensureAlpha().raw().toBuffer()
}

async function describeImage(bytes: Buffer): Promise<Description> {
  return { bytes, metadata: await sharp(bytes).metadata() }
}

async function read(image: string | Buffer): Promise<Buffer> {
  return typeof image === 'string' ? readFile(image) : image
}
