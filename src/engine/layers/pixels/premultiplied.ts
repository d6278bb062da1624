import type { Sharp } from 'sharp'
import { openDecoded } from '../../pictures/memory.ts'
import type { Raster } from '../raster.ts'

/** Filters a picture, and leaves its size and its channels as they are. */
export type Filter = (image: Sharp) => Sharp

/**
 * Filters a picture whose pixels are mixed with those around them. A pixel counts by as much as it can be seen, or the colour
 * of what is transparent would come out at the edges. Colours and alpha are filtered each by themselves: sharp, which could do
 * it at once, cuts what it has to round, and makes a gray of 201 one of 198 under an alpha of 77.
 */
export async function filterPremultiplied(raster: Raster, filter: Filter): Promise<Raster> {
  const { width, height, channels, pixels } = raster
  if (channels === 3) return { ...raster, pixels: await run(pixels, raster, 3, filter) }
  const count = width * height
  const colours = Buffer.allocUnsafe(count * 3)
  const alphas = Buffer.allocUnsafe(count)
  let opaque = true
  for (let at = 0, of = 0, to = 0; at < count; at += 1, of += 4, to += 3) {
    const alpha = pixels[of + 3] ?? 0
    alphas[at] = alpha
    if (alpha !== 255) opaque = false
    colours[to] = ((pixels[of] ?? 0) * alpha) / 255 + 0.5
    colours[to + 1] = ((pixels[of + 1] ?? 0) * alpha) / 255 + 0.5
    colours[to + 2] = ((pixels[of + 2] ?? 0) * alpha) / 255 + 0.5
  }
  const filtered = await run(colours, raster, 3, filter)
  return join(filtered, opaque ? alphas : await run(alphas, raster, 1, filter), raster)
}

function join(colours: Buffer, alphas: Buffer, { width, height }: Raster): Raster {
  const count = width * height
  const pixels = Buffer.alloc(count * 4)
  const to = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  for (let at = 0, of = 0, put = 0; at < count; at += 1, of += 3, put += 4) {
    const alpha = alphas[at] ?? 0
    if (alpha === 0) continue
    const factor = 255 / alpha
    to[put] = (colours[of] ?? 0) * factor
    to[put + 1] = (colours[of + 1] ?? 0) * factor
    to[put + 2] = (colours[of + 2] ?? 0) * factor
    to[put + 3] = alpha
  }
  return { width, height, channels: 4, pixels }
}

async function run(
  pixels: Buffer,
  { width, height }: Raster,
  channels: 1 | 3,
  filter: Filter,
): Promise<Buffer> {
  const image = filter(openDecoded({ pixels, layout: { width, height, channels } }))
  return await (channels === 1 ? image.toColourspace('b-w') : image).raw().toBuffer()
}
