import type { BlendMode, Point } from './composition.ts'
import { intersect, shift, whole } from './geometry.ts'
import type { Raster } from './raster.ts'

/** Something that is laid over what is below it. */
export interface Sprite {
  readonly raster: Raster
  /** Where its upper left is. */
  readonly at: Point
  readonly blendMode: BlendMode
  /** What of `dissolve` makes one layer differ from another. */
  readonly seed: number
}

/** What two components make together, each from 0 to 255. */
const MIX: Readonly<Record<BlendMode, (below: number, above: number) => number>> = {
  norm: (_, above) => above,
  dissolve: (_, above) => above,
  mult: (below, above) => (below * above) / 255,
  screen: (below, above) => below + above - (below * above) / 255,
  lighten: (below, above) => Math.max(below, above),
  darken: (below, above) => Math.min(below, above),
}

/**
 * Lays a sprite over a canvas, by the formula of source-over with a blend mode (W3C Compositing and Blending 1, 5.8). What lies
 * beside the canvas is cut off.
 *
 * @param canvas - its pixels are changed
 * @param origin - what the upper left of the canvas is to the sprite's place
 */
export function blend(canvas: Raster, sprite: Sprite, origin: Point): void {
  const at = { x: sprite.at.x - origin.x, y: sprite.at.y - origin.y }
  const part = intersect(shift(whole(sprite.raster), at), whole(canvas))
  if (part === undefined) return
  const { raster, blendMode } = sprite
  const above = raster.channels
  const below = canvas.channels
  for (let row = 0; row < part.height; row++) {
    const y = part.y + row
    const from = ((y - at.y) * raster.width + part.x - at.x) * above
    const to = (y * canvas.width + part.x) * below
    const over = raster.pixels.subarray(from, from + part.width * above)
    const under = canvas.pixels.subarray(to, to + part.width * below)
    if (blendMode === 'dissolve') {
      const dissolved = dissolve(
        over,
        above,
        { x: part.x + origin.x, y: y + origin.y },
        sprite.seed,
      )
      blendRow(under, below, { pixels: dissolved, channels: 4, blendMode })
    } else blendRow(under, below, { pixels: over, channels: above, blendMode })
  }
}

function blendRow(
  under: Buffer,
  below: 3 | 4,
  { pixels, channels, blendMode }: { pixels: Buffer; channels: 3 | 4; blendMode: BlendMode },
): void {
  const replaces = blendMode === 'norm' || blendMode === 'dissolve'
  if (replaces && channels === 3 && below === 3) {
    pixels.copy(under)
    return
  }
  const mix = MIX[blendMode]
  for (let at = 0, to = 0; to < under.length; at += channels, to += below) {
    const alpha = channels === 4 ? (pixels[at + 3] ?? 0) : 255
    if (alpha === 0) continue
    const under4 = below === 4 ? (under[to + 3] ?? 0) : 255
    if (replaces && alpha === 255) {
      under[to] = pixels[at] ?? 0
      under[to + 1] = pixels[at + 1] ?? 0
      under[to + 2] = pixels[at + 2] ?? 0
    } else {
      // How much of each there is: of both together, of what is above alone, of what is below alone.
      const both = (alpha * under4) / 255
      const alone = alpha - both
      const left = under4 - both
      const sum = both + alone + left
      for (let each = 0; each < 3; each++) {
        const low = under[to + each] ?? 0
        const high = pixels[at + each] ?? 0
        under[to + each] = Math.round((both * mix(low, high) + alone * high + left * low) / sum)
      }
    }
    if (below === 4) under[to + 3] = Math.round(alpha + under4 - (alpha * under4) / 255)
  }
}

/** A row in which every pixel is there or not, as likely as it is opaque; the same every time at the same place. */
function dissolve(row: Buffer, channels: 3 | 4, { x, y }: Point, seed: number): Buffer {
  const pixels = Buffer.alloc((row.length / channels) * 4)
  for (let at = 0, to = 0; to < pixels.length; at += channels, to += 4) {
    const alpha = channels === 4 ? (row[at + 3] ?? 0) : 255
    if (alpha <= threshold(x + to / 4, y, seed)) continue
    row.copy(pixels, to, at, at + 3)
    pixels[to + 3] = 255
  }
  return pixels
}

/** A number from 0 to 254 that no pattern shows in. */
function threshold(x: number, y: number, seed: number): number {
  let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77) ^ Math.imul(seed + 1, 0xc2b2ae3d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) % 255
}
