import type { Raster } from '../raster.ts'
import { mapPixels } from './map-pixels.ts'

/**
 * Turns each pixel around the circle of hues of HSV, and keeps its largest and its smallest component: 120 degrees make red
 * green, green blue and blue red.
 */
export function turnHue(raster: Raster, degrees: number, signal?: AbortSignal): Promise<Raster> {
  // In sixths of the circle, from each of which to the next one component rises or falls.
  const turn = (((degrees % 360) + 360) % 360) / 60
  return mapPixels(raster, signal, ({ from, to, start, end, step }) => {
    for (let at = start; at < end; at += step) {
      const red = from[at] ?? 0
      const green = from[at + 1] ?? 0
      const blue = from[at + 2] ?? 0
      const most = red > green ? (red > blue ? red : blue) : green > blue ? green : blue
      const least = red < green ? (red < blue ? red : blue) : green < blue ? green : blue
      const range = most - least
      if (range === 0) {
        to[at] = red
        to[at + 1] = green
        to[at + 2] = blue
        continue
      }
      let hue = turn
      if (most === red) hue += (green - blue) / range + 6
      else if (most === green) hue += (blue - red) / range + 2
      else hue += (red - green) / range + 4
      while (hue >= 6) hue -= 6
      const sixth = Math.floor(hue)
      const part = hue - sixth
      const rising = least + range * part
      const falling = most - range * part
      to[at] =
        sixth === 0 || sixth === 5 ? most : sixth === 1 ? falling : sixth === 4 ? rising : least
      to[at + 1] =
        sixth === 1 || sixth === 2 ? most : sixth === 3 ? falling : sixth === 0 ? rising : least
      to[at + 2] =
        sixth === 3 || sixth === 4 ? most : sixth === 5 ? falling : sixth === 2 ? rising : least
    }
  })
}
