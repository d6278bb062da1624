import type { Extent, Rgba } from '../../composition.ts'
import { createFinder } from './nearest-colour.ts'

/**
 * Gives every pixel the nearest colour of a palette.
 *
 * @param premultiplied - four bytes a pixel
 */
export function indexPixels(premultiplied: Uint8Array, colours: readonly Rgba[]): Uint8Array {
  const find = createFinder(colours)
  const indices = new Uint8Array(premultiplied.length / 4)
  for (let at = 0; at < indices.length; at += 1) {
    const from = at * 4
    indices[at] = find(
      premultiplied[from] ?? 0,
      premultiplied[from + 1] ?? 0,
      premultiplied[from + 2] ?? 0,
      premultiplied[from + 3] ?? 0,
    )
  }
  return indices
}

/**
 * The same, but that what a pixel is off by is made up for by its neighbours, as Floyd and Steinberg have it: 7/16 goes to the
 * next one, 3/16, 5/16 and 1/16 to those below. Every other row is gone through from its end, or there would be stripes. What
 * is not opaque takes no part in it.
 */
export function indexDiffused(
  premultiplied: Uint8Array,
  colours: readonly Rgba[],
  { width, height }: Extent,
): Uint8Array {
  const find = createFinder(colours)
  const indices = new Uint8Array(width * height)
  const palette = Uint8Array.from(colours.flatMap(({ red, green, blue }) => [red, green, blue]))
  // One pixel more at both ends, so that those at the edges have neighbours.
  let owed = new Float32Array((width + 2) * 3)
  let owedBelow = new Float32Array((width + 2) * 3)
  for (let y = 0; y < height; y += 1) {
    const step = y % 2 === 0 ? 1 : -1
    const ahead = step * 3
    for (let count = 0; count < width; count += 1) {
      const x = step === 1 ? count : width - 1 - count
      const from = (y * width + x) * 4
      const alpha = premultiplied[from + 3] ?? 0
      const debt = (x + 1) * 3
      const share = alpha === 255 ? 1 : 0
      const red = toByte((premultiplied[from] ?? 0) + (owed[debt] ?? 0) * share)
      const green = toByte((premultiplied[from + 1] ?? 0) + (owed[debt + 1] ?? 0) * share)
      const blue = toByte((premultiplied[from + 2] ?? 0) + (owed[debt + 2] ?? 0) * share)
      const index = find(red, green, blue, alpha)
      indices[y * width + x] = index
      if (share === 0) continue
      spread(owed, owedBelow, debt, ahead, red - (palette[index * 3] ?? 0))
      spread(owed, owedBelow, debt + 1, ahead, green - (palette[index * 3 + 1] ?? 0))
      spread(owed, owedBelow, debt + 2, ahead, blue - (palette[index * 3 + 2] ?? 0))
    }
    const done = owed
    owed = owedBelow
    owedBelow = done.fill(0)
  }
  return indices
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0
}

function spread(
  owed: Float32Array,
  below: Float32Array,
  at: number,
  ahead: number,
  off: number,
): void {
  if (off === 0) return
  owed[at + ahead] = (owed[at + ahead] ?? 0) + (off * 7) / 16
  below[at - ahead] = (below[at - ahead] ?? 0) + (off * 3) / 16
  below[at] = (below[at] ?? 0) + (off * 5) / 16
  below[at + ahead] = (below[at + ahead] ?? 0) + off / 16
}
