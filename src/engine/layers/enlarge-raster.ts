import { setImmediate } from 'node:timers/promises'
import type { Extent, Rectangle } from './composition.ts'
import type { Raster } from './raster.ts'

/** How many bytes are made before the process may do something else: some ten milliseconds. */
const BAND_BYTES = 2_000_000

/** Which pixels on one axis make one of the result, and how much of each; as many for each, one after the other. */
interface Taps {
  readonly indices: Int32Array
  readonly weights: Float64Array
  readonly each: number
}

type Kernel = 'linear' | 'cubic'

/**
 * Enlarges a part of a raster, about the centres of pixels; beyond the edges it goes on as it ends there. Neither memory nor time
 * depends on more than the result, and what two parts have in common is the same in both.
 *
 * @param part - in pixels of the raster, and fractions of them; nowhere larger than `to`
 */
export async function enlargeRaster(
  raster: Raster,
  part: Rectangle,
  to: Extent,
  kernel: Kernel,
): Promise<Raster> {
  const { channels } = raster
  const across = planTaps({ start: part.x, length: part.width, of: raster.width }, to.width, kernel)
  const down = planTaps(
    { start: part.y, length: part.height, of: raster.height },
    to.height,
    kernel,
  )
  const pixels = Buffer.allocUnsafe(to.width * to.height * channels)
  const rows = new WideRows(raster, across)
  const band = Math.max(1, Math.floor(BAND_BYTES / (to.width * channels)))
  for (let y = 0; y < to.height; y++) {
    if (y > 0 && y % band === 0) await setImmediate()
    const sum = new Float64Array(to.width * channels)
    for (let tap = 0; tap < down.each; tap++) {
      const at = y * down.each + tap
      const weight = down.weights[at] ?? 0
      if (weight === 0) continue
      const row = rows.row(down.indices[at] ?? 0)
      for (let index = 0; index < sum.length; index++) {
        sum[index] = (sum[index] ?? 0) + weight * (row[index] ?? 0)
      }
    }
    const start = y * sum.length
    writeRow(sum, pixels.subarray(start, start + sum.length), channels)
  }
  return { width: to.width, height: to.height, channels, pixels }
}

function planTaps(
  { start, length, of }: { readonly start: number; readonly length: number; readonly of: number },
  to: number,
  kernel: Kernel,
): Taps {
  const each = kernel === 'linear' ? 2 : 4
  const indices = new Int32Array(to * each)
  const weights = new Float64Array(to * each)
  for (let at = 0; at < to; at++) {
    const centre = start + ((at + 0.5) * length) / to - 0.5
    const first = Math.floor(centre) - each / 2 + 1
    for (let tap = 0; tap < each; tap++) {
      indices[at * each + tap] = Math.min(of - 1, Math.max(0, first + tap))
      weights[at * each + tap] = weigh(Math.abs(centre - first - tap), kernel)
    }
  }
  return { indices, weights, each }
}

/** A line, or the cubic of Catmull and Rom. */
function weigh(distance: number, kernel: Kernel): number {
  // What a division leaves of a whole number would take a pixel more.
  const x = distance < 1e-9 ? 0 : distance
  if (kernel === 'linear') return Math.max(0, 1 - x)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
}

/** Rows that are enlarged across, with colours multiplied by their alpha, of which the last few are kept. */
class WideRows {
  readonly #raster: Raster
  readonly #taps: Taps
  readonly #kept = new Map<number, Float64Array>()

  constructor(raster: Raster, taps: Taps) {
    this.#raster = raster
    this.#taps = taps
  }

  row(index: number): Float64Array {
    const known = this.#kept.get(index)
    if (known) return known
    const oldest = this.#kept.keys().next().value
    if (this.#kept.size > 4 && oldest !== undefined) this.#kept.delete(oldest)
    const row = this.#widen(index)
    this.#kept.set(index, row)
    return row
  }

  #widen(index: number): Float64Array {
    const { channels, width } = this.#raster
    const { indices, weights, each } = this.#taps
    const from = this.#read(index, width * channels)
    const row = new Float64Array((indices.length / each) * channels)
    for (let at = 0, to = 0; at < indices.length; at += each, to += channels) {
      for (let tap = at; tap < at + each; tap++) {
        const weight = weights[tap] ?? 0
        const source = (indices[tap] ?? 0) * channels
        for (let component = 0; component < channels; component++) {
          row[to + component] =
            (row[to + component] ?? 0) + weight * (from[source + component] ?? 0)
        }
      }
    }
    return row
  }

  #read(index: number, bytes: number): Float64Array {
    const { pixels, channels } = this.#raster
    const row = Float64Array.from(pixels.subarray(index * bytes, (index + 1) * bytes))
    if (channels === 3) return row
    for (let at = 0; at < row.length; at += 4) {
      const alpha = (row[at + 3] ?? 0) / 255
      for (let component = at; component < at + 3; component++) {
        row[component] = (row[component] ?? 0) * alpha
      }
    }
    return row
  }
}

function writeRow(sum: Float64Array, to: Buffer, channels: 3 | 4): void {
  const bytes = new Uint8ClampedArray(to.buffer, to.byteOffset, to.length)
  if (channels === 3) {
    bytes.set(sum)
    return
  }
  for (let at = 0; at < sum.length; at += 4) {
    const alpha = sum[at + 3] ?? 0
    const scale = alpha > 0 ? 255 / Math.min(255, alpha) : 0
    bytes[at] = (sum[at] ?? 0) * scale
    bytes[at + 1] = (sum[at + 1] ?? 0) * scale
    bytes[at + 2] = (sum[at + 2] ?? 0) * scale
    bytes[at + 3] = alpha
  }
}
