import type { Raw, Sharp } from 'sharp'
import { sharp } from './libvips.ts'

/** The largest decoded image that is held in memory, in pixels: a photo of a 24-megapixel camera, 72 MB, or 96 MB with transparency. */
export const MAX_PIXELS_IN_MEMORY = 24_500_000

/** A decoded image in memory: upright, 8-bit sRGB, with its transparency if it has any. */
export interface DecodedImage {
  readonly pixels: Buffer
  /** Width and height in pixels, and how many bytes a pixel takes. */
  readonly layout: Raw
}

/** Has all that was asked of an image done, and its pixels brought into memory. */
export async function toMemory(image: Sharp): Promise<DecodedImage> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return { pixels: data, layout: { width, height, channels } }
}

/**
 * Has an image forget how its source lay. libvips tells that to the encoder of AVIF, whatever was turned since, and the file
 * would be turned once more by whoever shows it.
 */
export async function forgetSource(image: Sharp): Promise<Sharp> {
  return openDecoded(await toMemory(image))
}

/** Opens a decoded image, as often as one likes; its pixels are shared. */
export function openDecoded({ pixels, layout }: DecodedImage): Sharp {
  return sharp(pixels, { raw: layout })
}
