import type { Sharpening } from '../composition.ts'
import type { Raster } from '../raster.ts'
import { filterPremultiplied } from './premultiplied.ts'
import { maskUnsharp } from './unsharp.ts'

/**
 * Sharpens a picture, and its alpha with it, once for each of a list.
 *
 * @param scale - how many pixels of the raster are one of the picture that radii are meant for, where they shrink with it
 */
export async function sharpen(
  raster: Raster,
  sharpening: readonly Sharpening[],
  scale: number,
  signal?: AbortSignal,
): Promise<Raster> {
  let sharpened = raster
  for (const each of sharpening) {
    signal?.throwIfAborted()
    if (each.by === 'simple') {
      sharpened = await filterPremultiplied(sharpened, (image) => image.sharpen())
    } else {
      const radius = each.scaled ? each.radius * scale : each.radius
      sharpened = await maskUnsharp(sharpened, { ...each, radius }, signal)
    }
  }
  return sharpened
}
