import type { Rgba } from '../../composition.ts'
import { type ColourPoints, gatherColours } from './colour-points.ts'
import { cutColours } from './cut-colours.ts'
import { premultiply } from './premultiply.ts'

/** How often each colour of the palette moves to the middle of what is nearest to it; more of it changes little. */
const ROUNDS = 3

/**
 * Chooses the colours that are nearest to those of a picture.
 *
 * @param premultiplied - four bytes a pixel
 * @param forced - colours that are in the palette in any case, and come first
 * @param most - how many colours there may be, those included
 */
export function choosePalette(
  premultiplied: Uint8Array,
  forced: readonly Rgba[],
  most: number,
): readonly Rgba[] {
  const points = gatherColours(premultiplied)
  const chosen = cutColours(points, most - forced.length)
  const centres = Float64Array.from([...forced.flatMap((colour) => premultiply(colour)), ...chosen])
  for (let round = 0; round < ROUNDS; round += 1) settle(points, centres, forced.length)
  const found = Array.from({ length: chosen.length / 4 }, (_, index) =>
    colourAt(centres, index + forced.length),
  )
  return [...forced, ...found]
}

/** Moves colours to the middle of the points that are nearest to them, but for the first ones. */
function settle({ components, weights }: ColourPoints, centres: Float64Array, kept: number): void {
  const sums = new Float64Array(centres.length)
  const totals = new Float64Array(centres.length / 4)
  for (let point = 0; point < weights.length; point += 1) {
    const weight = weights[point] ?? 0
    const centre = nearestCentre(components, point * 4, centres)
    totals[centre] = (totals[centre] ?? 0) + weight
    for (let part = 0; part < 4; part += 1) {
      const sum = centre * 4 + part
      sums[sum] = (sums[sum] ?? 0) + (components[point * 4 + part] ?? 0) * weight
    }
  }
  for (let centre = kept; centre < totals.length; centre += 1) {
    const total = totals[centre] ?? 0
    if (total === 0) continue
    for (let at = centre * 4; at < centre * 4 + 4; at += 1) centres[at] = (sums[at] ?? 0) / total
  }
}

function nearestCentre(components: Float64Array, from: number, centres: Float64Array): number {
  const red = components[from] ?? 0
  const green = components[from + 1] ?? 0
  const blue = components[from + 2] ?? 0
  const alpha = components[from + 3] ?? 0
  let nearest = 0
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at < centres.length; at += 4) {
    const distance =
      (red - (centres[at] ?? 0)) ** 2 +
      (green - (centres[at + 1] ?? 0)) ** 2 +
      (blue - (centres[at + 2] ?? 0)) ** 2 +
      (alpha - (centres[at + 3] ?? 0)) ** 2
    if (distance < least) {
      least = distance
      nearest = at
    }
  }
  return nearest / 4
}

function colourAt(centres: Float64Array, index: number): Rgba {
  const [red = 0, green = 0, blue = 0, alpha = 0] = centres.subarray(index * 4, index * 4 + 4)
  const full = (part: number): number =>
    alpha === 0 ? 0 : Math.min(255, Math.round((part * 255) / alpha))
  return { red: full(red), green: full(green), blue: full(blue), alpha: Math.round(alpha) }
}
