import { rm } from 'node:fs/promises'
import type { Raw, Sharp } from 'sharp'
import type { Size } from './dimensions.ts'
import { sharp } from './libvips.ts'
import type { RenditionPlan } from './plan.ts'
import { decodeSource, type Source } from './source.ts'

/** A decoded image in memory: upright, 8-bit sRGB, with its transparency if it has any. */
export interface DecodedImage {
  readonly pixels: Buffer
  /** Width and height in pixels, and how many bytes a pixel takes. */
  readonly layout: Raw
}

/** A rendition that was made. */
export interface RenditionFile extends Size {
  readonly path: string
  readonly mediaType: string
}

/** Decodes a source to `size`; of a JPEG only as many details are decoded as that takes. */
export async function decodeToMemory(source: Source, size: Size): Promise<DecodedImage> {
  const { data, info } = await resize(decodeSource(source), size)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return { pixels: data, layout: { width, height, channels } }
}

/** Opens a decoded image as often as renditions are made of it; its pixels are shared. */
export function openDecoded({ pixels, layout }: DecodedImage): Sharp {
  return sharp(pixels, { raw: layout })
}

/**
 * Makes one rendition of an image and writes it to `path`.
 *
 * @throws whatever libvips says, when it cannot; then there is no file
 */
export async function writeRendition(
  image: Sharp,
  { format, encoder, width, height }: RenditionPlan,
  path: string,
): Promise<RenditionFile> {
  const sized = resize(image, { width, height })
  const opaque = format.alpha ? sized : sized.flatten({ background: 'white' })
  try {
    await format.encode(opaque, encoder).toFile(path)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, mediaType: format.mediaType, width, height }
}

/** Exactly this size. The aspect ratio was kept when it was computed, and here it must not be rounded once more. */
function resize(image: Sharp, { width, height }: Size): Sharp {
  return image.resize(width, height, { fit: 'fill' })
}
