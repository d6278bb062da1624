import { blend, type Colour, set, tint } from './colour.ts'
import { brick, slates } from './masonry.ts'
import { fractal, hash, mix, smoothstep, unit } from './noise.ts'
import { type House, lampLight, QUAY, roofLine, signLamps } from './quay.ts'

/** Where in a row of windows a point is: `u` and `v` from 0 to 1 in the opening, outside of it otherwise. */
type Opening = { u: number; v: number; index: number; lit: boolean; strength: number }
const opening: Opening = { u: 0, v: 0, index: 0, lit: false, strength: 0 }

function findWindow(house: House, along: number, height: number, pitch: number, wide: number) {
  const index = Math.floor(along / pitch)
  opening.u = (along - (index + 0.5) * pitch) / wide + 0.5
  const storeys = Math.floor((house.eaves - 1.6 - QUAY.height) / 3.4)
  const storey = Math.floor((height - QUAY.height) / 3.4)
  opening.index = index * 8 + storey
  opening.v = (height - QUAY.height - storey * 3.4 - 0.95) / 1.75
  const chance = hash(index, storey, house.seed + 3)
  opening.lit = chance < house.lit
  opening.strength = 0.55 + 0.75 * hash(storey, index, house.seed + 4)
  return storey >= 0 && storey < storeys
}

/**
 * Shades a window and its surroundings over the wall in `colour`.
 *
 * @param sky how bright the sky is that a dark pane mirrors
 */
function addWindow(house: House, pixelU: number, pixelV: number, sky: Colour, colour: Colour) {
  const { u, v, index, lit, strength } = opening
  const arch = 0.14 * (1 - (2 * u - 1) ** 2)
  const top = 0.86 + arch
  const outside = Math.max(-u, u - 1, (-v * 1.4) / 1, (v - top) * 1.4)
  if (outside > 0.16) return
  if (outside > 0) {
    if (v < 0 && v > -0.09) tint(colour, 1.5, 1.48, 1.42)
    else if (v > top - 0.1) tint(colour, 0.82, 0.78, 0.76)
    if (lit && v < 0) {
      const spill = 0.5 * strength * (1 - outside / 0.16)
      tint(colour, 1 + spill, 1 + spill * 0.7, 1 + spill * 0.3)
    }
    return
  }
  const paneU = u * 4 - Math.floor(u * 4)
  const paneV = v * 5 - Math.floor(v * 5)
  const barU = bar(paneU, 0.075, pixelU * 4)
  const barV = bar(paneV, 0.06, pixelV * 5)
  const frame = Math.max(
    1 - smoothstep(0.03, 0.05 + pixelU, Math.min(u, 1 - u)),
    1 - smoothstep(0.02, 0.035 + pixelV, Math.min(v, top - v)),
  )
  if (lit) {
    const inside = fractal(u * 2.3 + index * 7.1, v * 2.1, house.seed + 70, 4)
    const shelf = smoothstep(0.46, 0.6, fractal(u * 5 + index * 3.3, v * 1.4, house.seed + 80, 3))
    const lampGlow = Math.exp(-((u - 0.5) ** 2) * 5 - (v - 0.85) ** 2 * 3.2)
    const level = strength * (0.42 + 0.5 * inside + 0.75 * lampGlow)
    const dim = 1 - 0.5 * shelf * (1 - smoothstep(0.25, 0.7, v))
    set(colour, 1.12 * level * dim, 0.72 * level * dim * dim, 0.3 * level * dim * dim)
  } else {
    const old = hash(index, Math.floor(u * 4) + Math.floor(v * 5) * 9, house.seed + 5)
    const level = 0.42 + 0.3 * old + 0.3 * v
    set(colour, sky.r * level, sky.g * level, sky.b * level)
  }
  const dark = unit(Math.max(barU, barV, frame))
  blend(colour, 0.085, 0.075, 0.07, dark * (lit ? 0.88 : 0.7))
  const reveal = 1 - smoothstep(0, 0.12, top - v)
  tint(colour, 1 - 0.45 * reveal, 1 - 0.45 * reveal, 1 - 0.4 * reveal)
}

function bar(position: number, width: number, pixel: number): number {
  const distance = Math.min(position, 1 - position)
  const soft = Math.max(pixel, 0.02)
  return (1 - smoothstep(width / 2, width / 2 + soft, distance)) * Math.min(1, width / soft + 0.25)
}

const duskBlue: Colour = { r: 0.3, g: 0.36, b: 0.52 }
const duskGold: Colour = { r: 0.98, g: 0.68, b: 0.52 }

/** Sets `colour` to a point of a gable. */
export function shadeGable(
  house: House,
  x: number,
  height: number,
  pixel: number,
  colour: Colour,
): void {
  const along = x - house.left
  brick(along, height, pixel, house.seed, colour)
  const depth = roofLine(house, x) - height
  const corner = Math.min(along, house.right - x)
  if (depth < 0.5) {
    set(colour, 0.36, 0.32, 0.29)
    tint(colour, depth < 0.12 ? 0.5 : 1, depth < 0.12 ? 0.5 : 1, depth < 0.12 ? 0.52 : 1)
  } else if (corner < 0.6 && Math.floor(height / 0.55) % 2 === 0) {
    tint(colour, 1.1, 1.22, 1.26)
  }
  if (height < QUAY.height + 0.7) tint(colour, 0.6, 0.68, 0.74)
  if (Math.abs(height - 9.3) < 0.09) tint(colour, 1.25, 1.4, 1.5)
  const lamp = lampLight(x, height, house.near, 0, 0, -1) * 0.75
  let wash = 0
  if (house.sign) {
    for (const at of signLamps) {
      const below = 11.75 - height
      if (below > 0) wash += Math.exp(-((x - at) ** 2) / (0.5 + below * 1.1) - below / 2.6) * 0.75
    }
  }
  const bounce = 0.08 * Math.exp(-(height - QUAY.height) / 2)
  tint(
    colour,
    0.62 + lamp + wash * 1.5 + bounce,
    0.66 + lamp * 0.7 + wash * 1.05 + bounce * 0.8,
    0.84 + lamp * 0.36 + wash * 0.5 + bounce * 0.5,
  )
  const eavesShade = smoothstep(0.5, 1.1, depth)
  tint(colour, mix(0.7, 1, eavesShade), mix(0.7, 1, eavesShade), mix(0.72, 1, eavesShade))
  if (house.sign && Math.abs(x - 23) < 2.3 && height < 6.6) {
    addGate(x, height, pixel, colour)
    return
  }
  const middle = (house.left + house.right) / 2
  if (Math.hypot(x - middle, height - 13.4) < 1.05 && house.sign) {
    addLoft(x - middle, height - 13.4, colour)
    return
  }
  if (findWindow(house, along, height, 2.666, 1.3)) {
    if (house.sign && Math.abs(x - 23) < 2.7 && height < 6) return
    addWindow(house, pixel / 1.3, pixel / 1.75, duskBlue, colour)
  }
}

function addGate(x: number, height: number, pixel: number, colour: Colour): void {
  const across = Math.abs(x - 23)
  const top = 5.3 + 0.85 * Math.sqrt(Math.max(0, 1 - (across / 1.9) ** 2))
  if (across > 1.9 || height > top) {
    if (across < 2.25 && height < top + 0.35) tint(colour, 1.12, 1.24, 1.28)
    return
  }
  const leaf = across > 1.25
  if (leaf) {
    const board = Math.floor(across / 0.16)
    const light =
      0.7 + 0.5 * hash(board, x > 23 ? 1 : 0, 55) + fractal(x * 20, height * 2, 56, 3) * 0.4
    set(colour, 0.13 * light, 0.17 * light, 0.15 * light)
    return
  }
  const hang = Math.exp(-((x - 23.2) ** 2) * 0.8 - (height - 5.2) ** 2 * 0.7)
  const floor = smoothstep(3.4, 2.4, height)
  const clutter = fractal(x * 1.6 + 3, height * 1.5, 58, 4)
  const stack = smoothstep(0.46, 0.53, clutter) * smoothstep(4.9, 3.2, height)
  const level = (0.5 + 0.75 * hang + 0.3 * floor) * (1 - 0.68 * stack)
  const beam = height > 5.35 && height < 5.48 ? 0.5 : 1
  set(colour, 1.15 * level * beam, 0.74 * level * beam, 0.34 * level * beam)
  const jamb = smoothstep(1.25, 1.25 - 0.1 - pixel, across)
  tint(colour, mix(0.4, 1, jamb), mix(0.4, 1, jamb), mix(0.4, 1, jamb))
}

function addLoft(x: number, y: number, colour: Colour): void {
  const radius = Math.hypot(x, y)
  if (radius > 0.85) {
    tint(colour, 1.3, 1.4, 1.42)
    return
  }
  const spoke = Math.min(Math.abs(x), Math.abs(y), Math.abs(radius - 0.45))
  const level = 0.62 + 0.4 * Math.exp(-(x * x + (y - 0.3) ** 2) * 3)
  set(colour, 1.08 * level, 0.7 * level, 0.3 * level)
  blend(colour, 0.08, 0.07, 0.06, 1 - smoothstep(0.03, 0.06, spoke))
  if (radius > 0.78) tint(colour, 0.35, 0.35, 0.35)
}

/** Sets `colour` to a point of the long wall that faces the water. */
export function shadeFlank(
  house: House,
  z: number,
  height: number,
  pixel: number,
  colour: Colour,
): void {
  const along = z - house.near
  const across = (pixel * z) / house.left
  brick(along, height, across, house.seed + 40, colour)
  if (height < QUAY.height + 0.7) tint(colour, 0.6, 0.68, 0.74)
  const lamp = lampLight(house.left, height, z, -1, 0, 0) * 0.9
  tint(colour, 1.02 + lamp * 0.9, 0.86 + lamp * 0.64, 0.8 + lamp * 0.36)
  const gutter = house.eaves - height
  if (gutter < 0.5) tint(colour, 0.5, 0.5, 0.54)
  else tint(colour, mix(0.72, 1, unit(gutter - 0.5)), mix(0.72, 1, unit(gutter - 0.5)), 1)
  const pier = Math.abs(along / 4.4 - Math.floor(along / 4.4) - 0.02) < 0.06
  if (pier) tint(colour, 1.18, 1.16, 1.12)
  if (findWindow(house, along, height, 4.4, 1.7)) {
    addWindow(house, across / 1.7, pixel / 1.75, duskGold, colour)
  }
}

/** Sets `colour` to a point of the roof; `up` is the distance from the eaves. */
export function shadeRoof(
  house: House,
  z: number,
  up: number,
  pixel: number,
  colour: Colour,
): void {
  slates(z, up * 1.2, (pixel * z) / 20, house.seed, colour)
  tint(colour, 1.24, 1.12, 1.16)
  const skylight = Math.floor((z - house.near) / 9)
  const u = ((z - house.near) / 9 - skylight - 0.5) * 9
  if (Math.abs(u) < 1.1 && up > 3 && up < 4.7) {
    if (hash(skylight, 2, house.seed) < 0.5) set(colour, 1.0, 0.68, 0.34)
    else set(colour, 0.6, 0.52, 0.55)
    if (Math.abs(u) > 0.95 || Math.abs(u) < 0.07) tint(colour, 0.3, 0.3, 0.3)
  }
}
