import type { Sharp } from 'sharp'
import { OperationError } from '../../base/operation-error.ts'
import { nameUrl } from '../../base/redact.ts'
import { identifyContent } from '../../sources/identify.ts'
import { countPixels, type Size, scale, scaleToFit } from './dimensions.ts'
import { sharp } from './libvips.ts'
import type { FittedMark } from './options.ts'

/**
 * Gets the file that a watermark's URL names.
 *
 * @throws {@link OperationError} saying what of which URL could not be had
 */
export type LoadWatermark = (url: string) => Promise<Buffer>

/** The largest watermark that is decoded, in pixels. */
export const MAX_WATERMARK_PIXELS = 50_000_000

/**
 * Lays a watermark over the middle of an image, fitted into it and then scaled; at least one pixel a side.
 *
 * @param picture - how large the image is, in pixels a frame, of how many frames, and whether it is opaque, which it stays
 * @throws {@link OperationError} when the watermark cannot be had or is no whole PNG
 */
export async function overlayWatermark(
  image: Sharp,
  picture: Size & { frames: number; opaque: boolean },
  { image: url, scale: factor }: FittedMark,
  load: LoadWatermark,
): Promise<Sharp> {
  const png = await load(url)
  const natural = await measureMark(png, url)
  const { width, height } = scale(natural, scaleToFit(natural, picture) * factor)
  const pixels = await decodeMark(png, { width, height }, url)
  const left = Math.round((picture.width - width) / 2)
  const top = Math.round((picture.height - height) / 2)
  const marked = image.composite(
    // The frames of an animation lie below each other.
    Array.from({ length: picture.frames }, (_, frame) => ({
      input: pixels,
      raw: { width, height, channels: 4 },
      left,
      top: top + frame * picture.height,
    })),
  )
  return picture.opaque ? marked.removeAlpha() : marked
}

/** The size of a watermark, in pixels. */
export async function measureMark(png: Buffer, url: string): Promise<Size> {
  if ((await identifyContent(png)) !== 'png') {
    throw new OperationError('watermark_no_png', { place: nameUrl(url) })
  }
  const size = await sharp(png, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw damaged(url, error)
    })
  if (countPixels(size) <= MAX_WATERMARK_PIXELS) return size
  const { width, height } = size
  const fields = { place: nameUrl(url), width, height, most: MAX_WATERMARK_PIXELS }
  throw new OperationError('watermark_too_large', fields)
}

/** A watermark in a size, with four bytes a pixel. */
export async function decodeMark(
  png: Buffer,
  { width, height }: Size,
  url: string,
): Promise<Buffer> {
  try {
    return await sharp(png, { limitInputPixels: false })
      .resize(width, height, { fit: 'fill' })
      .ensureAlpha()
      .raw()
      .toBuffer()
  } catch (error) {
    throw damaged(url, error)
  }
}

function damaged(url: string, cause: unknown): OperationError {
  return new OperationError('watermark_corrupt', { place: nameUrl(url) }, { cause })
}
