import type { Raster } from '../raster.ts'
import { LUMA } from './luma.ts'
import { mapPixels } from './map-pixels.ts'

/**
 * Moves each pixel away from the gray that is as light, or towards it: -100 makes it that gray, and 100 twice as colourful.
 *
 * @param amount - from -100 to 100
 */
export function saturate(raster: Raster, amount: number, signal?: AbortSignal): Promise<Raster> {
  const factor = 1 + amount / 100
  return mapPixels(raster, signal, ({ from, to, start, end, step }) => {
    for (let at = start; at < end; at += step) {
      const red = from[at] ?? 0
      const green = from[at + 1] ?? 0
      const blue = from[at + 2] ?? 0
      const gray = LUMA.red * red + LUMA.green * green + LUMA.blue * blue
      to[at] = gray + (red - gray) * factor
      to[at + 1] = gray + (green - gray) * factor
      to[at + 2] = gray + (blue - gray) * factor
    }
  })
}
