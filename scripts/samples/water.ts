import { type Colour, set } from './colour.ts'
import { hashBits, mix, noise, noiseSlope, type Slope, unit } from './noise.ts'
import { type Raster, sample } from './raster.ts'
import type { View } from './sky.ts'

/** What the water mirrors: the scene upside down, from `top` downwards in units. */
export type Mirror = { raster: Raster; scale: number; top: number; left: number }

const waves: readonly { length: number; slope: number }[] = [
  { length: 7, slope: 0.008 },
  { length: 2.9, slope: 0.011 },
  { length: 1.25, slope: 0.015 },
  { length: 0.55, slope: 0.017 },
  { length: 0.23, slope: 0.015 },
  { length: 0.1, slope: 0.01 },
]

const slope: Slope = { x: 0, y: 0 }
const tap: Colour = { r: 0, g: 0, b: 0 }
const MOST_TAPS = 6

/**
 * Sets `colour` to the water at a point of the scene's plane below the horizon: waves are tilted mirrors, and those too
 * small to be seen at their distance scatter what they mirror.
 *
 * @param pixel the size of a pixel in units
 */
export function waterAt(
  view: View,
  mirror: Mirror,
  x: number,
  y: number,
  pixel: number,
  colour: Colour,
): void {
  const down = Math.max(y - view.horizon, 0.4)
  const z = (view.focal * view.eye) / down
  const worldX = ((x - view.centre) * z) / view.focal
  const footprint = ((z * z) / (view.focal * view.eye)) * pixel
  const calm = 0.5 + 0.95 * noise(worldX / 26 + 4, z / 17, 900)
  let tiltX = 0
  let tiltZ = 0
  let scatter = 0
  for (let index = 0; index < waves.length; index += 1) {
    const wave = waves[index]
    if (wave === undefined) break
    const seen = unit((wave.length / footprint - 1.6) / 3)
    scatter += (1 - seen) * wave.slope * wave.slope
    if (seen === 0) continue
    const turn = index % 2 === 0 ? 0.26 : -0.2
    const u = (worldX * 0.52 + z * turn) / wave.length
    const v = (z - worldX * turn) / wave.length
    noiseSlope(u + index * 17.3, v, 910 + index, slope)
    tiltX += slope.x * wave.slope * seen * 0.6
    tiltZ += slope.y * wave.slope * seen
  }
  tiltX *= calm
  tiltZ *= calm
  const spread = Math.sqrt(scatter) * calm * 1.5

  const bits = hashBits(Math.floor(x / pixel), Math.floor(y / pixel), 920)
  const taps = spread > 0.006 ? MOST_TAPS : 2
  let r = 0
  let g = 0
  let b = 0
  for (let index = 0; index < taps; index += 1) {
    const jitter = ((((bits >>> (index * 5)) & 31) / 31 + index) / taps) * 2 - 1
    const tilt = tiltZ + jitter * spread
    const reach = Math.abs(down + 2 * view.focal * tilt * (0.35 + 0.65 * unit(down / 500)))
    const aside = 2 * down * (tiltX + jitter * spread * 0.25)
    sample(
      mirror.raster,
      (x + aside - mirror.left) * mirror.scale,
      (view.horizon + reach - mirror.top) * mirror.scale,
      tap,
    )
    r += tap.r
    g += tap.g
    b += tap.b
  }
  const glance = down / view.focal + tiltZ * 2.6
  const grazing = 1 - unit(glance)
  const mirrored = unit(0.16 + 0.8 * grazing * grazing * grazing * (0.6 + 0.4 * grazing))
  const depth = 0.85 + 0.3 * noise(worldX / 9, z / 12, 930)
  set(
    colour,
    mix(0.045 * depth, r / taps, mirrored),
    mix(0.085 * depth, g / taps, mirrored),
    mix(0.115 * depth, b / taps, mirrored),
  )
}
