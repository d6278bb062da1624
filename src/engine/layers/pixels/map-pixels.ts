import type { Raster } from '../raster.ts'
import { inBands } from './in-bands.ts'

/** Bytes on their way from one picture to another of the same layout; what is stored is rounded and cut to 0 and 255. */
export interface PixelRange {
  readonly from: Uint8Array
  readonly to: Uint8ClampedArray
  /** The index of the first byte of the first pixel, and that behind the last one. */
  readonly start: number
  readonly end: number
  /** How many bytes a pixel has. */
  readonly step: number
}

/**
 * Makes a picture of another, pixel by pixel. Alpha is copied, whatever `change` writes.
 *
 * @param change - writes the three components of every pixel of a range
 * @param signal - ends it between two ranges
 */
export async function mapPixels(
  raster: Raster,
  signal: AbortSignal | undefined,
  change: (range: PixelRange) => void,
): Promise<Raster> {
  const { width, height, channels: step, pixels: from } = raster
  const pixels = Buffer.allocUnsafe(from.length)
  const to = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  const bytes = width * step
  await inBands({ count: height, bytes }, signal, (first, until) => {
    const [start, end] = [first * bytes, until * bytes]
    change({ from, to, start, end, step })
    if (step === 4) for (let at = start + 3; at < end; at += 4) to[at] = from[at] ?? 0
  })
  return { ...raster, pixels }
}
