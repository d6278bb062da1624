import type { Raster } from '../raster.ts'
import { spreadLightest } from './lightest.ts'

/**
 * Grows what is light in each component, or what is dark, and leaves alpha as it is. What cannot be seen has no colour that
 * could grow.
 *
 * @param radius - by how many whole pixels on each side; negative for what is dark
 */
export async function grow(raster: Raster, radius: number, signal?: AbortSignal): Promise<Raster> {
  if (radius === 0) return raster
  const { channels, pixels } = raster
  const bytes = radius > 0 ? Uint8Array.from(pixels) : inverted(pixels)
  if (channels === 4) {
    for (let at = 3; at < bytes.length; at += 4) {
      if (pixels[at] === 0) bytes.fill(0, at - 3, at)
    }
  }
  const spread = await spreadLightest({ ...raster, bytes }, Math.abs(radius), signal)
  const grown = asBuffer(radius > 0 ? spread : inverted(spread))
  if (channels === 4) for (let at = 3; at < grown.length; at += 4) grown[at] = pixels[at] ?? 0
  return { ...raster, pixels: grown }
}

/**
 * Grows the mask of a picture, which is its alpha, or shrinks it; what becomes visible has the colour that it had. A picture
 * without alpha has a mask that is full, and stays so.
 *
 * @param radius - by how many whole pixels on each side; negative to shrink
 */
export async function growMask(
  raster: Raster,
  radius: number,
  signal?: AbortSignal,
): Promise<Raster> {
  if (radius === 0 || raster.channels === 3) return raster
  const alphas = new Uint8Array(raster.width * raster.height)
  for (let at = 0; at < alphas.length; at += 1) alphas[at] = raster.pixels[at * 4 + 3] ?? 0
  const bytes = radius > 0 ? alphas : inverted(alphas)
  const spread = await spreadLightest({ ...raster, bytes, channels: 1 }, Math.abs(radius), signal)
  const grown = radius > 0 ? spread : inverted(spread)
  const pixels = Buffer.from(raster.pixels)
  for (let at = 0; at < grown.length; at += 1) pixels[at * 4 + 3] = grown[at] ?? 0
  return { ...raster, pixels }
}

function inverted(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += 1) result[at] = 255 - (bytes[at] ?? 0)
  return result
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
