import type { Extent, Point } from './composition.ts'
import type { Raster } from './raster.ts'

/** Puts a picture with alpha on nothing; what is outside of that is cut off. */
export function placeRaster(
  { width, height, pixels }: Raster,
  { x: left, y: top }: Point,
  canvas: Extent,
): Raster {
  const placed = Buffer.alloc(canvas.width * canvas.height * 4)
  const from = Math.max(0, -left)
  const until = Math.min(width, canvas.width - left)
  for (let row = Math.max(0, -top); row < Math.min(height, canvas.height - top); row += 1) {
    if (until <= from) break
    const line = pixels.subarray((row * width + from) * 4, (row * width + until) * 4)
    placed.set(line, ((row + top) * canvas.width + left + from) * 4)
  }
  return { ...canvas, channels: 4, pixels: placed }
}
