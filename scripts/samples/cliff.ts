import { blend, type Colour, set, tint } from './colour.ts'
import { fractal, hash, mix, noise, noiseSlope, type Slope, smoothstep } from './noise.ts'

const slope: Slope = { x: 0, y: 0 }

/** @returns where the cliff begins at `x`, in units */
export function cliffTop(x: number): number {
  const crag = (fractal(x / 60, 1.5, 301, 5) - 0.5) * 110
  const fine = (fractal(x / 9, 2.5, 303, 4) - 0.5) * 26
  const at = x + crag * 0.8
  const ledges =
    190 * smoothstep(300, 345, at) + 150 * smoothstep(372, 412, at) + 205 * smoothstep(440, 490, at)
  const shelf = 30 * smoothstep(340, 560, at)
  const meadow = 38 * smoothstep(560, 1200, x) - 24 * Math.exp(-((x - 760) ** 2) / 26000)
  const steep = 1 - smoothstep(490, 600, x)
  return 1476 - ledges - shelf + meadow + fine * (0.3 + steep * 1.2)
}

/** @returns where the cliff ends in the sea */
export function cliffFoot(x: number): number {
  return 1372 + (x - 400) * 0.115 + (fractal(x / 60, 4.5, 305, 4) - 0.5) * 60
}

/** @returns how the broken face of a stone catches the light: even on a face, dark in the clefts between */
function facet(x: number, y: number, seed: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  let nearest = 9
  let second = 9
  let tone = 0
  for (let i = column - 1; i <= column + 1; i += 1) {
    for (let j = row - 1; j <= row + 1; j += 1) {
      const dx = x - i - hash(i, j, seed)
      const dy = y - j - hash(j, i, seed + 1)
      const distance = Math.abs(dx) * 0.6 + Math.hypot(dx, dy) * 0.6
      if (distance < nearest) {
        second = nearest
        nearest = distance
        const lean = hash(i + j, i - j, seed + 2) - 0.5
        tone = lean - dx * 0.55 - dy * 0.35
      } else if (distance < second) second = distance
    }
  }
  return tone - 0.7 * smoothstep(0.16, 0, second - nearest)
}

/** Sets `colour` to the rock of the cliff or the grass on it. */
export function cliffAt(x: number, y: number, top: number, foot: number, colour: Colour): void {
  const bend = (fractal(x / 150, y / 150, 310, 4) - 0.5) * 150
  const twist = (fractal(x / 40, y / 40, 312, 3) - 0.5) * 34
  const layer = noise(x / 260, (y + bend * 0.6 - x * 0.22) / 15, 311)
  const u = x + bend * 0.5 + twist
  const v = y - x * 0.25 + bend * 0.3
  const slab = facet(u / 96, v / 150, 320)
  const large = facet(u / 34, v / 62, 322)
  const small = facet((u + twist) / 12, v / 19, 324)
  noiseSlope(x / 3.4, y / 4.2, 326, slope)
  const grit = slope.x * -0.05 + slope.y * 0.04 + (fractal(x / 9, y / 9, 327, 4) - 0.5) * 0.4
  const light = 0.82 + slab * 0.62 + large * 0.42 + small * 0.2 + grit + (layer - 0.5) * 0.26
  set(colour, 0.43 * light, (0.345 + (layer - 0.5) * 0.03) * light, 0.32 * light)
  const away = smoothstep(420, 1150, x)
  tint(colour, mix(1.28, 0.68, away), mix(1.05, 0.72, away), mix(0.95, 0.86, away))
  const wet = smoothstep(110, 10, foot - y + (fractal(x / 40, y / 40, 340, 3) - 0.5) * 80)
  tint(colour, 1 - wet * 0.62, 1 - wet * 0.6, 1 - wet * 0.54)

  const depth = y - top
  const ragged = (fractal(x / 24, y / 30, 350, 4) - 0.5) * 90
  const turf = smoothstep(470, 600, x) * smoothstep(64, 44, depth + ragged - (x - 600) * 0.05)
  if (turf <= 0) return
  const blades = fractal(x / 3.2, y / 9, 351, 3) - 0.5
  const clumps = fractal(x / 34, y / 12, 352, 4) - 0.5
  const green = 0.8 + blades * 0.9 + clumps * 1.2 + 0.25 * smoothstep(14, 0, depth)
  blend(colour, 0.31 * green, 0.29 * green, 0.15 * green, turf)
}
