import { open } from 'node:fs/promises'
import type { Metadata, Sharp } from 'sharp'
import { RenditionError } from '../contract/errors.ts'
import { countPixels, type Size } from './dimensions.ts'
import { sharp } from './libvips.ts'
import {
  identifyFormat,
  SIGNATURE_BYTES,
  SOURCE_FORMATS,
  type SourceFormat,
} from './source-format.ts'

/**
 * The largest source, in pixels, that is decoded: 16383 × 16383, twice the largest camera there is and sharp's own
 * default. A few kilobytes of PNG can claim more pixels than any action has memory.
 */
export const MAX_SOURCE_PIXELS = 16_383 ** 2

/**
 * Incomplete and undecodable data fails; what decoders only warn about does not, since much of the world's JPEGs have
 * a few odd bytes between two markers and look perfect.
 */
const FAIL_ON = 'error'

/** An image file that renditions are made from; width and height are those of the upright image, in pixels. */
export interface Source extends Size {
  readonly path: string
  readonly format: SourceFormat
  /** Whether it has to become 8-bit sRGB before anything else, see {@link decodeSource}. */
  readonly narrowFirst: boolean
}

/**
 * Reads what a request has to know of its source before anything is decoded.
 *
 * @throws {@link RenditionError} SourceCorrupt for an empty or damaged file, SourceUnsupported for one that is no image
 *   of a known format or has more than {@link MAX_SOURCE_PIXELS}, GenericError for one that is not there
 */
export async function probeSource(path: string): Promise<Source> {
  const start = await readStart(path)
  if (start.length === 0) throw new RenditionError('SourceCorrupt', 'The source file is empty.')
  const format = identifyFormat(start)
  if (format === undefined) {
    const titles = SOURCE_FORMATS.map(({ title }) => title).join(', ')
    throw new RenditionError(
      'SourceUnsupported',
      `The content of the source file is none of the image formats this worker reads (${titles}).`,
    )
  }
  const metadata = await readMetadata(path, format)
  const { width, height } = metadata.autoOrient
  if (countPixels({ width, height }) > MAX_SOURCE_PIXELS) {
    throw new RenditionError(
      'SourceUnsupported',
      `The source has ${width} × ${height} pixels, more than the ${MAX_SOURCE_PIXELS} that can be processed.`,
    )
  }
  return {
    path,
    format,
    width,
    height,
    narrowFirst: metadata.space === 'rgb16' && metadata.hasProfile,
  }
}

/**
 * Opens a source for decoding: turned upright, its colours on their way to 8-bit sRGB.
 *
 * libvips takes 16-bit RGB that has a colour profile to Display P3, and without a profile in the file the result is
 * read as sRGB: every colour comes out paler. Narrowed to 8 bits first, such an image goes to sRGB like any other.
 */
export function decodeSource({ path, narrowFirst }: Source): Sharp {
  const image = sharp(path, { failOn: FAIL_ON, limitInputPixels: MAX_SOURCE_PIXELS }).autoOrient()
  return narrowFirst ? image.pipelineColourspace('srgb') : image
}

/** Whether a source can be decoded to its last row. Reads all of it, so ask only when something went wrong. */
export async function isDecodable(source: Source): Promise<boolean> {
  try {
    await decodeSource(source).resize(1, 1, { fit: 'fill' }).raw().toBuffer()
    return true
  } catch {
    return false
  }
}

/** The error for a source whose header or pixels cannot be read. */
export function corruptSource(format: SourceFormat, options?: ErrorOptions): RenditionError {
  return new RenditionError(
    'SourceCorrupt',
    `The source is a damaged or incomplete ${format.title} file.`,
    options,
  )
}

async function readStart(path: string): Promise<Buffer> {
  try {
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SIGNATURE_BYTES))
    return buffer.subarray(0, bytesRead)
  } catch (error) {
    throw new RenditionError('GenericError', 'The source file cannot be read.', { cause: error })
  }
}

async function readMetadata(path: string, format: SourceFormat): Promise<Metadata> {
  try {
    // The limit is checked by whoever asked, who can say more about it than libvips does.
    return await sharp(path, { failOn: FAIL_ON, limitInputPixels: false }).metadata()
  } catch (error) {
    throw corruptSource(format, { cause: error })
  }
}
