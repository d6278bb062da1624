import { blend, type Colour, set, tint } from './colour.ts'
import { fractal, hash, mix, noise, noiseSlope, type Slope, smoothstep, unit } from './noise.ts'

const slope: Slope = { x: 0, y: 0 }

/** Sets `colour` to the bare colour of a brick wall; `pixel` is how many metres a pixel spans there. */
export function brick(u: number, v: number, pixel: number, seed: number, colour: Colour): void {
  const course = Math.floor(v / 0.13)
  const along = u / 0.36 + (course & 1) * 0.5
  const stone = Math.floor(along)
  const shade = hash(stone, course, seed)
  const burnt = hash(course, stone, seed + 1) > 0.9 ? 0.72 : 1
  const grain = fractal(u * 9, v * 14, seed + 2, 3) - 0.5
  const weather = fractal(u * 0.35, v * 0.22, seed + 6, 4) - 0.5
  const streak = noise(u * 2.2, v * 0.12, seed + 12) - 0.5
  const light = (0.8 + shade * 0.3 + grain * 0.4 + weather * 0.55 + streak * 0.16) * burnt
  set(colour, 0.5 * light, (0.29 + 0.05 * shade) * light, 0.235 * light)
  const fade = Math.min(1, 0.03 / pixel)
  const edgeU = Math.min(along - stone, 1 - along + stone) * 0.36
  const edgeV = Math.min(v / 0.13 - course, 1 - v / 0.13 + course) * 0.13
  const mortar = 1 - smoothstep(0.002, 0.012 + pixel * 0.3, Math.min(edgeU, edgeV))
  const lime = 0.44 + weather * 0.3
  blend(colour, lime, lime * 0.93, lime * 0.84, mortar * 0.7 * fade)
}

/** Sets `colour` to a wall of rough ashlar with a tide mark; `v` is the height over the water in metres. */
export function ashlar(u: number, v: number, pixel: number, seed: number, colour: Colour): void {
  const high = v > 2.04
  const warp = (fractal(u * 1.3, v * 1.3, seed + 20, 3) - 0.5) * 0.09
  const courseHeight = 0.51
  const course = high ? 40 : Math.floor((v + warp) / courseHeight)
  const length = high ? 1.9 : 0.8 + 0.5 * hash(course, 7, seed)
  const along = (u + warp) / length + hash(course, 3, seed)
  const stone = Math.floor(along)
  const tone = hash(stone, course, seed)
  const inV = high ? (v - 2.04) / 0.36 : (v + warp) / courseHeight - course
  const edgeU = Math.min(along - stone, 1 - along + stone) * length
  const edgeV = Math.min(inV, 1 - inV) * (high ? 0.36 : courseHeight)
  const edge = Math.min(edgeU, high ? Math.max(edgeV, 0.1) : edgeV)

  let relief = 0
  let wave = 1
  for (let octave = 0; octave < 5; octave += 1) {
    const fade = unit(0.34 / (wave * pixel * 6))
    noiseSlope(u * wave * 2.1 + stone * 5.3, v * wave * 2.6 + course * 3.1, seed + octave, slope)
    relief += (slope.y * 0.62 - slope.x * 0.5) * fade * (octave === 0 ? 0.6 : 0.8)
    wave *= 2.1
  }
  const spots = fractal(u * 13, v * 13, seed + 41, 3) - 0.5
  const stain = fractal(u * 0.8, v * 0.5, seed + 50, 4) - 0.5
  const light = 0.86 + (tone - 0.5) * 0.34 + relief * 0.13 + spots * 0.36 + stain * 0.5
  set(colour, 0.47 * light, (0.425 + tone * 0.02) * light, (0.37 + tone * 0.05) * light)
  if (high) tint(colour, 1.22, 1.2, 1.17)

  const bevel = 1 - smoothstep(0, 0.075, edge)
  tint(colour, 1 - 0.3 * bevel, 1 - 0.3 * bevel, 1 - 0.28 * bevel)
  const joint = 1 - smoothstep(0.004, 0.022 + pixel * 0.4, edge)
  blend(colour, 0.1, 0.09, 0.085, joint * 0.82 * Math.min(1, 0.06 / pixel))

  const ragged = (fractal(u * 1.7, v * 0.9, seed + 60, 4) - 0.5) * 0.8
  const wet = 1 - smoothstep(0.55, 1.05, v + ragged)
  const weed = (1 - smoothstep(0.3, 0.72, v + ragged)) * (0.55 + spots)
  tint(colour, mix(1, 0.44, wet), mix(1, 0.46, wet), mix(1, 0.46, wet))
  blend(colour, 0.085, 0.115, 0.06, unit(weed) * 0.75)
  const drip = smoothstep(0.68, 0.82, noise(u * 3.1, v * 0.35, seed + 70)) * smoothstep(0.4, 1.4, v)
  tint(colour, 1 - 0.28 * drip, 1 - 0.31 * drip, 1 - 0.35 * drip)
}

/** Sets `colour` to worn paving. @returns how wet it is, 0 to 1 */
export function paving(x: number, z: number, pixel: number, seed: number, colour: Colour): number {
  const row = Math.floor(z / 0.24)
  const along = x / 0.34 + (row & 1) * 0.5 + hash(row, 1, seed) * 0.2
  const stone = Math.floor(along)
  const inZ = z / 0.24 - row
  const edge = Math.min(
    Math.min(along - stone, 1 - along + stone) * 0.34,
    Math.min(inZ, 1 - inZ) * 0.24,
  )
  const detail = Math.min(1, 0.025 / pixel)
  const grit = (fractal(x * 6, z * 6, seed + 3, 4) - 0.5) * detail
  const tone = (hash(stone, row, seed + 4) - 0.5) * detail
  const stain = fractal(x * 0.4, z * 0.3, seed + 9, 4) - 0.5
  const light = 0.92 + tone * 0.5 + grit * 0.6 + stain * 0.6
  set(colour, 0.4 * light, 0.375 * light, 0.36 * light)
  const joint = 1 - smoothstep(0.008, 0.03 + pixel * 0.5, edge)
  tint(colour, 1 - 0.55 * joint * detail, 1 - 0.55 * joint * detail, 1 - 0.52 * joint * detail)
  const puddle = smoothstep(0.47, 0.6, fractal(x * 0.5 + 9, z * 0.28, seed + 15, 4))
  return puddle * (1 - 0.5 * joint)
}

/** Sets `colour` to slates on a roof; `u` runs along the eaves, `v` up the slope. */
export function slates(u: number, v: number, pixel: number, seed: number, colour: Colour): void {
  const row = Math.floor(v / 0.24)
  const along = u / 0.34 + (row & 1) * 0.5
  const detail = Math.min(1, 0.14 / pixel)
  const tone = (hash(Math.floor(along), row, seed) - 0.5) * detail
  const lip = (1 - smoothstep(0, 0.3, v / 0.24 - row)) * detail
  const moss = smoothstep(0.55, 0.75, fractal(u * 0.3, v * 0.5, seed + 5, 4))
  const light = 0.92 + tone * 0.42 - lip * 0.3 + (fractal(u * 2, v * 2, seed + 8, 3) - 0.5) * 0.4
  set(colour, 0.27 * light, 0.28 * light, 0.315 * light)
  blend(colour, 0.22, 0.23, 0.14, moss * 0.4)
}
