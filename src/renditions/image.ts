import { rm } from 'node:fs/promises'
import type { Raw, Sharp } from 'sharp'
import { decodeSource, resize, type View } from './decode.ts'
import type { Size } from './dimensions.ts'
import { sharp } from './libvips.ts'
import type { RenditionPlan } from './plan.ts'
import type { Source } from './source.ts'
import { type LoadWatermark, overlayWatermark } from './watermark.ts'

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

/** Decodes a view of a source; of a JPEG only as many details are decoded as that takes. */
export async function decodeToMemory(source: Source, view: View): Promise<DecodedImage> {
  const image = await decodeSource(source, view)
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return { pixels: data, layout: { width, height, channels } }
}

/** Makes an image of this size from a decoded one, as often as renditions are made of it; its pixels are shared. */
export function deriveFrom({ pixels, layout }: DecodedImage, size: Size): Sharp {
  return resize(sharp(pixels, { raw: layout }), size)
}

/**
 * Makes one rendition of an image that has its size already, and writes it to `path`.
 *
 * @throws {@link RenditionError} when its watermark is at fault, or whatever libvips says; then there is no file
 */
export async function writeRendition(
  image: Sharp,
  plan: RenditionPlan,
  path: string,
  loadWatermark: LoadWatermark,
): Promise<RenditionFile> {
  const { format, encoder, resolution, background, watermark, width, height, frames } = plan
  const covered = background ?? (format.alpha ? undefined : 'white')
  const shown = covered === undefined ? image : image.flatten({ background: covered })
  const opaque = plan.opaque || covered !== undefined
  const marked = watermark
    ? await overlayWatermark(shown, { width, height, frames, opaque }, watermark, loadWatermark)
    : shown
  try {
    await format.write(marked, path, encoder, resolution)
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, mediaType: format.mediaType, width, height }
}
