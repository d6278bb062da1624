import type { Sharp } from 'sharp'
import { sharp } from '../pictures/libvips.ts'
import { toMemory } from '../pictures/memory.ts'
import type { Raster, Undecoded } from './raster.ts'

/** Has a pipeline run, whose result is sRGB. */
export async function toRaster(image: Sharp): Promise<Raster> {
  const { pixels, layout } = await toMemory(image)
  const { width, height, channels } = layout
  if (channels !== 3 && channels !== 4) throw new RangeError(`a raster with ${channels} channels`)
  return { width, height, channels, pixels }
}

/** Decodes what is not yet decoded. */
export async function readRaster(picture: Raster | Undecoded): Promise<Raster> {
  return 'open' in picture ? toRaster(picture.open()) : picture
}

/** Begins a pipeline on pixels that are there. */
export function openRaster({ pixels, width, height, channels }: Raster): Sharp {
  return sharp(pixels, { raw: { width, height, channels } })
}
