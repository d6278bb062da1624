import type { Raster } from '../../../../src/engine/layers/raster.ts'

/** A picture of pixels of three or four components, as many a row as `width`. */
export function rasterOf(width: number, ...colours: readonly (readonly number[])[]): Raster {
  const channels = colours[0]?.length === 4 ? 4 : 3
  const pixels = Buffer.from(colours.flat())
  return { width, height: colours.length / width, channels, pixels }
}

/** One colour all over. */
export function plain(width: number, height: number, colour: readonly number[]): Raster {
  const channels = colour.length === 4 ? 4 : 3
  const pixels = Buffer.alloc(width * height * channels, Uint8Array.from(colour))
  return { width, height, channels, pixels }
}

/** Bytes without order, the same for the same seed. */
export function randomRaster(seed: number, width: number, height: number, channels: 3 | 4): Raster {
  const pixels = Buffer.alloc(width * height * channels)
  let state = seed + 1
  for (let at = 0; at < pixels.length; at += 1) {
    state = (state * 48_271) % 2_147_483_647
    pixels[at] = state >>> 8
  }
  return { width, height, channels, pixels }
}

/** The components of a pixel. */
export function pixelAt({ width, channels, pixels }: Raster, x: number, y: number): number[] {
  const at = (y * width + x) * channels
  return [...pixels.subarray(at, at + channels)]
}

/** All pixels, row by row. */
export function pixelsOf(raster: Raster): number[][] {
  return Array.from({ length: raster.width * raster.height }, (_, index) =>
    pixelAt(raster, index % raster.width, Math.floor(index / raster.width)),
  )
}
