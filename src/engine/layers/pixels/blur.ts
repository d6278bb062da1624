import type { Raster } from '../raster.ts'
import { type FinePlane, fromFinePlane, toFinePlane } from './fine-plane.ts'
import { createLineBlur } from './gauss-line.ts'
import { inBands } from './in-bands.ts'

/** How many columns are blurred together: their bytes of a row are beside each other in memory. */
const COLUMNS = 32

/** Into how many pixels of a smaller picture a radius has to reach at least, for the smaller one to be as good. */
const LEAST_REDUCED_RADIUS = 4

/**
 * Blurs by Gauss. The reference does not say what a radius is; here it is the standard deviation, as in Photoshop, whose
 * unsharp mask has the ranges of amount, radius and threshold that the reference has. A pixel counts by as much as it can be
 * seen. Beyond its edges the picture goes on as it ends there. libvips is not used since its fast blur makes a picture up to
 * 1 % lighter, and its exact one takes half a minute for a radius of 100.
 *
 * What a large radius leaves has nothing that a smaller picture could not show. So the picture is made smaller, blurred, and
 * made larger again; what these two blur as well is taken off the radius. Inside it differs by one of 255 levels, or two.
 *
 * @param radius - in pixels of the raster
 */
export async function blur(raster: Raster, radius: number, signal?: AbortSignal): Promise<Raster> {
  if (radius <= 0) return raster
  const factor = Math.max(1, Math.floor(radius / LEAST_REDUCED_RADIUS))
  // The variances of the average over a square, and of the straight way from one pixel to the next.
  const blurred = (factor ** 2 - 1) / 12 + (factor ** 2 - 1) / 6
  const plane = await toFinePlane(raster, factor, signal)
  await blurPlane(plane, Math.sqrt(radius ** 2 - blurred) / factor, signal)
  return fromFinePlane(plane, raster, factor, signal)
}

/** Blurs a plane in place. */
async function blurPlane(plane: FinePlane, radius: number, signal?: AbortSignal): Promise<void> {
  const { width, height, channels, values } = plane
  const step = width * channels
  const rows = createLineBlur(width, radius)
  const row = new Float32Array(rows.length)
  await inBands({ count: height, bytes: step * 4 }, signal, (from, until) => {
    for (let start = from * step; start < until * step; start += step) {
      for (let channel = 0; channel < channels; channel += 1) {
        const at = start + channel
        for (let x = 0; x < width; x += 1) row[rows.first + x] = values[at + x * channels] ?? 0
        rows.blur(row)
        for (let x = 0; x < width; x += 1) {
          values[at + x * channels] = (row[rows.first + x] ?? 0) + 0.5
        }
      }
    }
  })
  const columns = createLineBlur(height, radius)
  const { length, first } = columns
  const block = new Float32Array(COLUMNS * length)
  const strips = Math.ceil(step / COLUMNS)
  await inBands({ count: strips, bytes: height * COLUMNS * 4 }, signal, (from, until) => {
    for (let start = from * COLUMNS; start < Math.min(step, until * COLUMNS); start += COLUMNS) {
      const used = Math.min(COLUMNS, step - start)
      // Row by row: to go down one column after another would look up as many pages of memory for each.
      for (let y = 0; y < height; y += 1) {
        const at = start + y * step
        let to = first + y
        for (let index = 0; index < used; index += 1, to += length)
          block[to] = values[at + index] ?? 0
      }
      for (let at = 0; at < used * length; at += length)
        columns.blur(block.subarray(at, at + length))
      for (let y = 0; y < height; y += 1) {
        const at = start + y * step
        let of = first + y
        for (let index = 0; index < used; index += 1, of += length) {
          values[at + index] = (block[of] ?? 0) + 0.5
        }
      }
    }
  })
}
