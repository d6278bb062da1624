import { rm } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import type { Size } from './dimensions.ts'
import type { RenditionPlan } from './plan.ts'
import { type LoadWatermark, overlayWatermark } from './watermark.ts'

/** A rendition that was made. */
export interface RenditionFile extends Size {
  readonly path: string
  readonly mediaType: string
}

/**
 * Makes one rendition of an image that has its size already, and writes it to `path`.
 *
 * @throws {@link OperationError} when its watermark is at fault, or whatever libvips says; then there is no file
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
