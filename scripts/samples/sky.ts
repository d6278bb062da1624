import { blend, type Colour, gradient, type Stop } from './colour.ts'
import { fractal, noise, smoothstep, unit } from './noise.ts'
import { put, type Raster, raster, sample } from './raster.ts'

/**
 * How a scene is seen. The scene's plane is measured in units (the picture is `width` x `height` of them), the world
 * behind it in metres: x to the right, y up from the water, z away from the camera.
 */
export type View = {
  width: number
  height: number
  /** Focal length, in units. */
  focal: number
  /** The vanishing point. */
  centre: number
  horizon: number
  /** How high above the water the camera stands, in metres. */
  eye: number
  /** Where on the horizon the sun went down, in units. */
  sun: number
}

const nearSun: readonly Stop[] = [
  { at: -0.02, r: 0.98, g: 0.72, b: 0.45 },
  { at: 0.01, r: 1.0, g: 0.75, b: 0.46 },
  { at: 0.06, r: 0.97, g: 0.66, b: 0.46 },
  { at: 0.13, r: 0.82, g: 0.57, b: 0.51 },
  { at: 0.22, r: 0.56, g: 0.5, b: 0.58 },
  { at: 0.34, r: 0.31, g: 0.38, b: 0.55 },
  { at: 0.6, r: 0.13, g: 0.2, b: 0.38 },
]

const awayFromSun: readonly Stop[] = [
  { at: -0.02, r: 0.66, g: 0.5, b: 0.5 },
  { at: 0.04, r: 0.66, g: 0.5, b: 0.54 },
  { at: 0.11, r: 0.52, g: 0.46, b: 0.56 },
  { at: 0.22, r: 0.33, g: 0.37, b: 0.53 },
  { at: 0.36, r: 0.2, g: 0.27, b: 0.44 },
  { at: 0.6, r: 0.09, g: 0.14, b: 0.29 },
]

const away: Colour = { r: 0, g: 0, b: 0 }

/** Sets `colour` to the sky without clouds. `up` and `side` are slopes: elevation, and angle from the sun. */
export function clearSky(up: number, side: number, colour: Colour): void {
  gradient(nearSun, up, colour)
  gradient(awayFromSun, up, away)
  const share = Math.exp(-(side * side) / 0.28)
  blend(colour, away.r, away.g, away.b, 1 - share)
  const glow = Math.exp(-(side * side) / 0.018 - (up * up) / 0.006)
  colour.r += 0.1 * glow
  colour.g += 0.14 * glow
  colour.b += 0.13 * glow
}

/** The sky, cheap to look up: drawn once at a resolution that suits something as soft as clouds. */
export type Sky = { raster: Raster; scale: number; top: number; left: number }

/**
 * Draws the sky from the horizon up to `above` units over it, which may be more than the picture shows: water reflects
 * what is out of the frame.
 */
export function drawSky(view: View, above: number, scale: number, seed: number): Sky {
  const margin = 60
  const left = -margin
  const top = view.horizon - above
  const width = Math.ceil((view.width + margin * 2) * scale)
  const height = Math.ceil((above + margin) * scale)
  const target = raster(width, height)
  const colour: Colour = { r: 0, g: 0, b: 0 }
  for (let row = 0; row < height; row += 1) {
    const up = (view.horizon - (top + row / scale)) / view.focal
    for (let column = 0; column < width; column += 1) {
      const side = (left + column / scale - view.sun) / view.focal
      clearSky(up, side, colour)
      addClouds(up, side, seed, colour)
      put(target, column, row, colour)
    }
  }
  return { raster: target, scale, top, left }
}

/** Sets `colour` to the sky at a point of the scene's plane. */
export function skyAt(sky: Sky, x: number, y: number, colour: Colour): void {
  sample(sky.raster, (x - sky.left) * sky.scale, (y - sky.top) * sky.scale, colour)
}

/** Clouds lie on a plane high above, so that they pile up into bands towards the horizon. */
function addClouds(up: number, side: number, seed: number, colour: Colour): void {
  const slope = Math.max(up, 0) + 0.07
  const u = (side / slope) * 1.05
  const v = 1.15 / slope
  const density = cloudDensity(u, v, seed)
  const haze = smoothstep(0, 0.07, up)
  const thin = fractal(u * 0.5 + 40, v * 2.1 - u * 0.6, seed + 60, 4)
  const veil = smoothstep(0.5, 0.8, thin) * 0.34 * haze
  const warm = Math.exp(-(side * side) / 0.3) * (1 - smoothstep(0.12, 0.5, up))
  blend(colour, 0.72 + 0.28 * warm, 0.56 + 0.12 * warm, 0.6 - 0.08 * warm, veil)
  if (density <= 0) return
  const behind = cloudDensity(u - side * 0.12, v + 0.34, seed)
  const lit = unit(0.42 + (density - behind) * 1.1)
  const edge = 1 - smoothstep(0.1, 0.75, density)
  const light = unit(lit * 0.75 + edge * 0.4)
  const opacity = density * (0.3 + 0.58 * haze)
  const r = 0.3 + light * (0.4 + 0.3 * warm)
  const g = 0.29 + light * (0.2 + 0.12 * warm)
  const b = 0.38 + light * (0.17 - 0.1 * warm)
  blend(colour, r, g, b, opacity)
}

function cloudDensity(u: number, v: number, seed: number): number {
  const bend = noise(u * 0.6, v * 0.6, seed + 30) - 0.5
  const fine = fractal(u * 0.62 + bend, v * 0.95 + bend * 0.7, seed, 6)
  const coverage = noise(u * 0.22 + 5, v * 0.25, seed + 31) * 0.22
  return smoothstep(0.5, 0.8, fine + coverage - 0.06)
}

/** A line of hills: its crest over the horizon in units, how jagged it is, and how much haze lies before it. */
export type Ridge = {
  base: number
  swing: number
  length: number
  rough: number
  haze: number
  seed: number
}

/** @returns the height of the crest over the horizon at `x`, all in units */
export function crest(ridge: Ridge, x: number): number {
  const broad = fractal(x / ridge.length, 0.5, ridge.seed, 3) - 0.5
  const trees = fractal(x / 9, 3.5, ridge.seed + 7, 4) - 0.5
  return ridge.base + ridge.swing * broad * 2 + ridge.rough * trees
}

/** Lays the hills over `colour`, if there is one at `up` units over the horizon; `soft` is the height of a pixel. */
export function addRidge(
  ridge: Ridge,
  top: number,
  x: number,
  up: number,
  soft: number,
  side: number,
  colour: Colour,
): void {
  const cover = unit((top - up) / soft + 0.5)
  if (cover <= 0) return
  const patches = fractal(x / 26, up / 9, ridge.seed + 11, 4) - 0.5
  const depth = (1 - ridge.haze) * 0.16
  const mist = ridge.haze + (1 - ridge.haze) * 0.5 * (1 - smoothstep(0, 46, up))
  const warm = Math.exp(-(side * side) / 0.12)
  blend(
    colour,
    0.12 + depth * patches + mist * (0.4 + 0.42 * warm),
    0.13 + depth * patches + mist * (0.32 + 0.26 * warm),
    0.18 + depth * patches + mist * (0.33 + 0.08 * warm),
    cover,
  )
}
