import { START_OF_SCAN, walkJpegSegments } from '../../../../sources/jpeg-segments.ts'
import { inMemory } from '../../../../sources/open-file.ts'
import { type JpegStream, readJpegStream } from '../../mending/jpeg-stream.ts'
import { type SourceBytes, UnknownFeature } from '../magick-source.ts'
import type { OpenedRaster, Raster } from '../raster.ts'
import { turnYcbcrIntoRgb } from '../samples.ts'
import { decodeDeepJpeg, findFrame, isDecodable, isLossless } from './decode-deep-jpeg.ts'

/** What a sample takes while it is decoded: its frequencies, its samples and those that are shown. */
const BYTES_A_SAMPLE = 7

const PROFILE = 0xe2
const PROFILE_MARK = 'ICC_PROFILE\0'

/**
 * Opens a JPEG that has more bits than others read, or is coded without loss.
 *
 * @throws {@link UnknownFeature} when it is not decoded here either
 */
export function openDeepJpeg(file: SourceBytes): OpenedRaster {
  const jpeg = file.read([{ start: 0, length: file.size }])
  const frame = findFrame(jpeg)
  const { width, height, components, precision } = frame
  const count = components.length
  if (!isDecodable(frame) || (count !== 1 && count !== 3))
    throw new UnknownFeature(
      `samples of ${precision} bits in ${count} components, coded in a way that is not read here`,
    )
  return {
    width,
    height,
    bytesAPixel: BYTES_A_SAMPLE * count,
    decode: () => decode(jpeg),
  }
}

function decode(jpeg: Buffer): Raster {
  const { frame, planes } = decodeDeepJpeg(jpeg)
  const { width, height, precision } = frame
  const count = planes.length
  const most = 2 ** precision - 1
  const pixels = new Uint8Array(width * height * count)
  for (const [index, { samples }] of planes.entries())
    for (const [at, sample] of samples.entries())
      pixels[at * count + index] = Math.round((sample * 255) / most)
  const stream = readJpegStream(inMemory(jpeg))
  if (count === 3 && isYcbcr(stream, isLossless(frame))) turnYcbcrIntoRgb(pixels, count)
  const rowBytes = width * count
  return {
    width,
    height,
    colours: count === 3 ? 'rgb' : 'grey',
    alpha: false,
    profile: readProfile(jpeg),
    rows: (y, rows) => pixels.subarray(y * rowBytes, (y + rows) * rowBytes),
  }
}

/** Whether colours are brightness and differences: where nothing says it, those of pictures with loss are. */
function isYcbcr(
  { adobeTransform, hasJfif, components }: JpegStream,
  withoutLoss: boolean,
): boolean {
  if (adobeTransform !== undefined) return adobeTransform === 1
  const isNamedRgb = components.join() === [...Buffer.from('RGB')].join()
  return hasJfif || (!withoutLoss && !isNamedRgb)
}

/** The profile, which may be in several segments (ICC.1, B.4). */
function readProfile(jpeg: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (const { marker, start, end } of walkJpegSegments(inMemory(jpeg))) {
    if (marker === START_OF_SCAN) break
    const content = jpeg.subarray(start, end)
    if (marker === PROFILE && content.toString('latin1', 0, PROFILE_MARK.length) === PROFILE_MARK)
      parts.push(content.subarray(PROFILE_MARK.length + 2))
  }
  return parts.length === 0 ? undefined : Buffer.concat(parts)
}
