import type { Raster } from '../raster.ts'

/** Puts a picture on white, for a format that knows nothing transparent. */
export function onWhite(raster: Raster): Raster {
  const { pixels, width, height, channels } = raster
  if (channels === 3) return raster
  const opaque = Buffer.allocUnsafe(width * height * 3)
  for (let to = 0, from = 0; to < opaque.length; to += 3, from += 4) {
    const alpha = pixels[from + 3] ?? 0
    for (let part = 0; part < 3; part += 1) {
      const level = pixels[from + part] ?? 0
      opaque[to + part] = 255.5 - ((255 - level) * alpha) / 255
    }
  }
  return { pixels: opaque, width, height, channels: 3 }
}
