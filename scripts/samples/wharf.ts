import { blend, type Colour, set, tint } from './colour.ts'
import { shadeFlank, shadeGable, shadeRoof } from './facade.ts'
import { ashlar, paving } from './masonry.ts'
import { mix, noise, smoothstep, unit } from './noise.ts'
import { type House, houses, lampLight, QUAY, roofLine, warehouse } from './quay.ts'
import type { View } from './sky.ts'

/**
 * Sets `colour` to the quay or a building on it, if the ray through a point of the scene's plane meets one.
 *
 * @param mirrored whether to look at the picture in the water
 * @param pixel the size of a pixel in units
 * @returns whether it does
 */
export function wharfAt(
  view: View,
  x: number,
  y: number,
  mirrored: boolean,
  pixel: number,
  colour: Colour,
): boolean {
  const side = (x - view.centre) / view.focal
  if (side <= 0.02) return false
  const eye = mirrored ? -view.eye : view.eye
  const up = ((mirrored ? -1 : 1) * (view.horizon - y)) / view.focal
  const wall = QUAY.edge / side
  const wallHeight = eye + up * wall
  const span = pixel / view.focal
  if (wallHeight <= QUAY.height) {
    if (wallHeight < -0.02 || wall > 230) return false
    ashlar(wall, wallHeight, wall * span, 5, colour)
    lightQuayWall(wall, wallHeight, colour)
    return haze(wall, side, colour)
  }
  let nearest = 230
  let hit: House | undefined
  let face: 'gable' | 'side' | 'roof' = 'gable'
  for (const house of houses) {
    const gable = side * house.near
    const gableHeight = eye + up * house.near
    if (house.near < nearest && gable >= house.left && gable <= house.right) {
      if (gableHeight < roofLine(house, gable) && gableHeight > 0) {
        nearest = house.near
        hit = house
        face = 'gable'
        continue
      }
    }
    const flank = house.left / side
    if (flank > house.near && flank < Math.min(house.far, nearest)) {
      const height = eye + up * flank
      if (height < house.eaves && height > 0) {
        nearest = flank
        hit = house
        face = 'side'
        continue
      }
    }
    const pitch = (house.ridge - house.eaves) / ((house.right - house.left) / 2)
    const roof = (house.eaves - house.left * pitch - eye) / (up - side * pitch)
    const across = side * roof
    if (roof > house.near && roof < Math.min(house.far, nearest)) {
      if (across >= house.left && across <= (house.left + house.right) / 2) {
        nearest = roof
        hit = house
        face = 'roof'
      }
    }
  }
  if (up < 0 && !mirrored) {
    const floor = (QUAY.height - eye) / up
    if (floor < nearest) {
      shadeFloor(floor, side, -up, floor * span, colour)
      return haze(floor, side, colour)
    }
  }
  if (hit === undefined) return false
  const height = eye + up * nearest
  const across = side * nearest
  if (face === 'gable') shadeGable(hit, across, height, nearest * span, colour)
  else if (face === 'side') shadeFlank(hit, nearest, height, nearest * span, colour)
  else shadeRoof(hit, nearest, across - hit.left, nearest * span, colour)
  return haze(nearest, side, colour)
}

/** Air between the camera and things far away takes on the colour of the sky behind them. */
function haze(distance: number, side: number, colour: Colour): true {
  const share = 1 - Math.exp(-Math.max(0, distance - 14) / 330)
  const warm = Math.exp(-side * 3)
  blend(colour, 0.5 + 0.28 * warm, 0.42 + 0.14 * warm, 0.47, share)
  return true
}

function lightQuayWall(z: number, height: number, colour: Colour): void {
  const lamp = lampLight(QUAY.edge - 0.05, height, z, -0.92, 0.38, 0) * 0.35
  const gloom = 0.74 + 0.4 * smoothstep(-0.1, 1.6, height)
  tint(colour, 0.82 * gloom + lamp, 0.72 * gloom + lamp * 0.7, 0.72 * gloom + lamp * 0.38)
}

const puddle: Colour = { r: 0, g: 0, b: 0 }

function shadeFloor(z: number, side: number, down: number, pixel: number, colour: Colour): void {
  const x = side * z
  const wet = paving(x, z, pixel, 3, colour)
  const lamp = lampLight(x, QUAY.height, z, 0, 1, 0)
  const spill = windowSpill(x, z)
  tint(
    colour,
    0.66 + lamp * 1.5 + spill,
    0.62 + lamp * 1.02 + spill * 0.66,
    0.7 + lamp * 0.5 + spill * 0.3,
  )
  if (x > QUAY.edge + 0.6) {
    const uneven = (noise(x * 3, z * 4, 77) - 0.5) * 0.5 + (noise(x * 14, z * 16, 78) - 0.5) * 0.16
    mirrorInPuddle(z, side + uneven * 0.02, down * (1 + uneven * 0.3), pixel)
    const shine = unit(0.16 + wet * 0.9)
    blend(colour, puddle.r, puddle.g, puddle.b, shine * (0.95 - 0.35 * unit(down * 3)))
  }
  const kerb = smoothstep(QUAY.edge + 0.62, QUAY.edge + 0.5, x)
  tint(colour, 1 + 0.2 * kerb, 1 + 0.19 * kerb, 1 + 0.17 * kerb)
}

/** Sets `puddle` to what wet paving mirrors: the gable ahead, or the sky beside and over it. */
function mirrorInPuddle(z: number, side: number, down: number, pixel: number): void {
  const ahead = warehouse.near - z
  const height = QUAY.height + ahead * down
  const across = z * side + ahead * side
  const inside = across > warehouse.left && across < warehouse.right
  if (ahead > 0 && inside && height < roofLine(warehouse, across)) {
    shadeGable(warehouse, across, height, pixel * 2, puddle)
    return
  }
  const up = smoothstep(0.04, 0.45, down)
  set(puddle, mix(0.66, 0.26, up), mix(0.5, 0.3, up), mix(0.54, 0.46, up))
}

/** Light that falls out of the gate and the windows of the warehouse. */
function windowSpill(x: number, z: number): number {
  const ahead = warehouse.near - z
  if (ahead < 0) return 0
  const gate = Math.exp(-((x - 23) ** 2) / (6 + ahead * 1.6)) * Math.exp(-ahead / 7)
  return gate * 1.7
}
