import type { Sharpening } from '../composition.ts'
import type { Raster } from '../raster.ts'
import { blur } from './blur.ts'
import { inBands } from './in-bands.ts'
import { LUMA } from './luma.ts'

type Unsharp = Omit<Extract<Sharpening, { by: 'unsharp' }>, 'by' | 'scaled'>

/**
 * Adds to each component, `amount` times, by how much it differs from its blurred self, unless that is less than the
 * threshold; or to all three of them by how much the lightness differs. Alpha is sharpened like a component.
 *
 * @param unsharp.radius - in pixels of the raster; of 0, nothing differs
 */
export async function maskUnsharp(
  raster: Raster,
  { amount, radius, threshold, monochrome }: Unsharp,
  signal?: AbortSignal,
): Promise<Raster> {
  const blurred = await blur(raster, radius, signal)
  if (blurred === raster) return raster
  const { width, height, channels, pixels: from } = raster
  const { pixels: soft } = blurred
  const pixels = Buffer.allocUnsafe(from.length)
  const to = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  const added = addedBy(amount, threshold)
  const bytes = width * channels
  await inBands({ count: height, bytes }, signal, (first, until) => {
    const [start, end] = [first * bytes, until * bytes]
    if (monochrome) sharpenLightness({ from, soft, to, start, end, step: channels }, added)
    else {
      for (let at = start; at < end; at += 1) {
        const value = from[at] ?? 0
        to[at] = value + (added[value - (soft[at] ?? 0) + 255] ?? 0)
      }
    }
  })
  return { ...raster, pixels }
}

/** What is added for a difference from -255 to 255, which are the indices from 0. */
function addedBy(amount: number, threshold: number): Float64Array {
  return Float64Array.from({ length: 511 }, (_, index) => {
    const difference = index - 255
    return Math.abs(difference) < threshold ? 0 : difference * amount
  })
}

interface Range {
  readonly from: Uint8Array
  readonly soft: Uint8Array
  readonly to: Uint8ClampedArray
  readonly start: number
  readonly end: number
  readonly step: number
}

function sharpenLightness({ from, soft, to, start, end, step }: Range, added: Float64Array): void {
  for (let at = start; at < end; at += step) {
    const red = from[at] ?? 0
    const green = from[at + 1] ?? 0
    const blue = from[at + 2] ?? 0
    const difference =
      LUMA.red * (red - (soft[at] ?? 0)) +
      LUMA.green * (green - (soft[at + 1] ?? 0)) +
      LUMA.blue * (blue - (soft[at + 2] ?? 0))
    const more = added[Math.round(difference) + 255] ?? 0
    to[at] = red + more
    to[at + 1] = green + more
    to[at + 2] = blue + more
    if (step === 4) {
      const alpha = from[at + 3] ?? 0
      to[at + 3] = alpha + (added[alpha - (soft[at + 3] ?? 0) + 255] ?? 0)
    }
  }
}
