import type { Adjustment } from '../composition.ts'
import type { Raster } from '../raster.ts'
import { lightnessAt } from './luma.ts'
import { mapPixels } from './map-pixels.ts'

type Colorize = Omit<Extract<Adjustment, { op: 'colorize' }>, 'op'>

/**
 * Gives a picture one colour by its lightness alone: black and white stay what they are, and what is half as light as white
 * gets the colour. Normalised, half as light is the median of the pixels that can be seen, and with a contrast above 0 the
 * darkest and the lightest of them are that percentage of the whole range apart.
 */
export async function colorize(
  raster: Raster,
  { colour, normalised, contrast }: Colorize,
  signal?: AbortSignal,
): Promise<Raster> {
  const { median, range } = normalised ? measureLightness(raster) : { median: 127.5, range: 0 }
  const slope = normalised && contrast > 0 && range > 0 ? (contrast * 2.55) / range : 1
  const [red, green, blue] = [colour.red, colour.green, colour.blue].map((component) =>
    Uint8ClampedArray.from({ length: 256 }, (_, value) => {
      const lightness = Math.min(255, Math.max(0, 127.5 + (value - median) * slope)) / 127.5
      return lightness < 1 ? component * lightness : component + (255 - component) * (lightness - 1)
    }),
  )
  return mapPixels(raster, signal, ({ from, to, start, end, step }) => {
    for (let at = start; at < end; at += step) {
      const lightness = lightnessAt(from, at)
      to[at] = red?.[lightness] ?? 0
      to[at + 1] = green?.[lightness] ?? 0
      to[at + 2] = blue?.[lightness] ?? 0
    }
  })
}

/** Of what is not transparent; of nothing, the middle. */
function measureLightness({ pixels, channels }: Raster): { median: number; range: number } {
  const counts = new Uint32Array(256)
  let all = 0
  for (let at = 0; at < pixels.length; at += channels) {
    if (channels === 4 && pixels[at + 3] === 0) continue
    const lightness = lightnessAt(pixels, at)
    counts[lightness] = (counts[lightness] ?? 0) + 1
    all += 1
  }
  if (all === 0) return { median: 127.5, range: 0 }
  let below = 0
  const median = counts.findIndex((count) => {
    below += count
    return below * 2 >= all
  })
  const least = counts.findIndex((count) => count > 0)
  const most = counts.findLastIndex((count) => count > 0)
  return { median, range: most - least }
}
