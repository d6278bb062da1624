import type { Extent } from '../composition.ts'
import type { Raster } from '../raster.ts'
import { inBands } from './in-bands.ts'

/** By how much components are larger than bytes, so that they are rounded once. */
const FINER = 256

/**
 * A picture whose pixels are to be mixed with those around them: its colours count by as much as they can be seen, or the colour
 * of what is transparent would come out at the edges.
 */
export interface FinePlane extends Extent {
  /** Components, row by row, {@link FINER} times as large as bytes. */
  readonly values: Uint16Array
  readonly channels: 3 | 4
}

/**
 * Makes a plane of a picture, each of whose pixels is the average of a square of the picture's. Where squares are larger than
 * pixels, there is one more beyond each edge, as the picture goes on as it ends there.
 *
 * @param factor - how long the side of a square is
 */
export async function toFinePlane(
  raster: Raster,
  factor: number,
  signal?: AbortSignal,
): Promise<FinePlane> {
  const { channels } = raster
  const margin = marginOf(factor)
  const width = Math.ceil(raster.width / factor) + 2 * margin
  const height = Math.ceil(raster.height / factor) + 2 * margin
  const values = new Uint16Array(width * height * channels)
  const sums = new Float64Array(width * channels)
  const share = FINER / factor ** 2
  await inBands(
    { count: height, bytes: raster.width * factor * channels },
    signal,
    (from, until) => {
      for (let row = from; row < until; row += 1) {
        sums.fill(0)
        for (let each = 0; each < factor; each += 1) {
          const y = Math.min(Math.max((row - margin) * factor + each, 0), raster.height - 1)
          addRow(sums, raster, y * raster.width * channels, factor)
        }
        const at = row * sums.length
        for (let to = 0; to < sums.length; to += 1) values[at + to] = (sums[to] ?? 0) * share + 0.5
      }
    },
  )
  return { width, height, channels, values }
}

function addRow(
  sums: Float64Array,
  { pixels, width, channels }: Raster,
  start: number,
  factor: number,
): void {
  const last = start + (width - 1) * channels
  let from = start
  let left = marginOf(factor) * factor
  for (let to = 0; to < sums.length; to += channels) {
    for (let each = 0; each < factor; each += 1) {
      const weight = channels === 4 ? (pixels[from + 3] ?? 0) / 255 : 1
      sums[to] = (sums[to] ?? 0) + (pixels[from] ?? 0) * weight
      sums[to + 1] = (sums[to + 1] ?? 0) + (pixels[from + 1] ?? 0) * weight
      sums[to + 2] = (sums[to + 2] ?? 0) + (pixels[from + 2] ?? 0) * weight
      if (channels === 4) sums[to + 3] = (sums[to + 3] ?? 0) + (pixels[from + 3] ?? 0)
      if (left > 0) left -= 1
      else if (from < last) from += channels
    }
  }
}

/**
 * Makes a picture of a plane; between the middles of the squares that its pixels are of, it goes straight from one to the next.
 *
 * @param extent - of the picture that the plane was made of
 * @param factor - how long the side of a square is
 */
export async function fromFinePlane(
  plane: FinePlane,
  { width, height }: Extent,
  factor: number,
  signal?: AbortSignal,
): Promise<Raster> {
  const { channels, values } = plane
  const pixels = Buffer.alloc(width * height * channels)
  const to = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  const step = width * channels
  const across = placesOf(width, plane.width, factor)
  const down = placesOf(height, plane.height, factor)
  const wide = plane.width * channels
  const mixed = new Float32Array(wide)
  const line = new Float32Array(step)
  await inBands({ count: height, bytes: step * 2 }, signal, (from, until) => {
    for (let y = from; y < until; y += 1) {
      if (factor === 1) {
        writeRow(to, y * step, values.subarray(y * wide, (y + 1) * wide), channels)
        continue
      }
      const first = (down.first[y] ?? 0) * wide
      const second = (down.second[y] ?? 0) * wide
      const part = down.part[y] ?? 0
      for (let at = 0; at < wide; at += 1) {
        const value = values[first + at] ?? 0
        mixed[at] = value + ((values[second + at] ?? 0) - value) * part
      }
      stretch(line, mixed, across, channels)
      writeRow(to, y * step, line, channels)
    }
  })
  return { width, height, channels, pixels }
}

/**
 * How many pixels of a plane are beyond each edge of the picture: what is next to the edge is mixed with what is behind it where
 * squares are averaged, and so would go on as it ends there no more.
 */
function marginOf(factor: number): number {
  return factor > 1 ? 1 : 0
}

/** Between which pixels of a smaller line those of a larger one are, and how far from the first to the second. */
interface Places {
  readonly first: Uint32Array
  readonly second: Uint32Array
  readonly part: Float32Array
}

function placesOf(count: number, smaller: number, factor: number): Places {
  const exact = Float64Array.from({ length: count }, (_, at) =>
    Math.min(Math.max((at + 0.5) / factor - 0.5 + marginOf(factor), 0), smaller - 1),
  )
  const first = Uint32Array.from(exact)
  const second = first.map((each) => Math.min(each + 1, smaller - 1))
  return { first, second, part: Float32Array.from(exact, (each) => each % 1) }
}

function stretch(
  line: Float32Array,
  from: Float32Array,
  { first, second, part }: Places,
  channels: number,
): void {
  for (let x = 0, to = 0; to < line.length; x += 1, to += channels) {
    const left = (first[x] ?? 0) * channels
    const right = (second[x] ?? 0) * channels
    const share = part[x] ?? 0
    for (let each = 0; each < channels; each += 1) {
      const value = from[left + each] ?? 0
      line[to + each] = value + ((from[right + each] ?? 0) - value) * share
    }
  }
}

/** Divides the components by alpha; what gets an alpha of 0 has no colour. */
function writeRow(
  to: Uint8ClampedArray,
  start: number,
  row: Float32Array | Uint16Array,
  channels: number,
): void {
  if (channels === 3) {
    for (let at = 0; at < row.length; at += 1) to[start + at] = (row[at] ?? 0) / FINER
    return
  }
  for (let at = 0; at < row.length; at += 4) {
    const alpha = row[at + 3] ?? 0
    if (alpha < FINER / 2) continue
    const weight = 255 / alpha
    to[start + at] = (row[at] ?? 0) * weight
    to[start + at + 1] = (row[at + 1] ?? 0) * weight
    to[start + at + 2] = (row[at + 2] ?? 0) * weight
    to[start + at + 3] = alpha / FINER
  }
}
