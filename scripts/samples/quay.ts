import { mix } from './noise.ts'

/** How high the quay is over the water, and where it, and the lamps on it, stand: metres to the right of the camera. */
export const QUAY = { height: 2.4, edge: 9, lamps: 10.3, lampHeight: 7.3 }

/** How far away each of the lamps on the quay is. */
export const lampDistances: readonly number[] = [27, 39, 56, 82, 122]

/** The lamps that light the quay: also one just out of the picture. */
const lightDistances: readonly number[] = [11.5, ...lampDistances]

/** A house with a gable towards the camera. */
export type House = {
  left: number
  right: number
  near: number
  far: number
  eaves: number
  ridge: number
  seed: number
  /** How many of the windows are lit. */
  lit: number
  sign: boolean
}

/** The house with the sign. */
export const warehouse: House = {
  left: 15,
  right: 31,
  near: 45,
  far: 112,
  eaves: 11.2,
  ridge: 16.6,
  seed: 11,
  lit: 0.62,
  sign: true,
}

/** All houses on the quay. */
export const houses: readonly House[] = [
  warehouse,
  {
    left: 34,
    right: 50,
    near: 58,
    far: 90,
    eaves: 9.4,
    ridge: 14.4,
    seed: 23,
    lit: 0.35,
    sign: false,
  },
  {
    left: 15,
    right: 30,
    near: 122,
    far: 185,
    eaves: 13.4,
    ridge: 18.6,
    seed: 37,
    lit: 0.45,
    sign: false,
  },
]

/** Where the sign on the warehouse is, in metres. */
export const signBoard = { left: 17, right: 29, bottom: 9.75, top: 10.95, distance: warehouse.near }

/** The lamps over the sign. */
export const signLamps: readonly number[] = [18.5, 21.5, 24.5, 27.5]

/** @returns how high the roof is over a point of the gable */
export function roofLine(house: House, x: number): number {
  const middle = (house.left + house.right) / 2
  const share = Math.abs(x - middle) / (middle - house.left)
  return mix(house.ridge, house.eaves, share)
}

/** @returns how much of the lamps' light reaches a point that faces a way. */
export function lampLight(
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
): number {
  let sum = 0
  for (const distance of lightDistances) {
    const dx = QUAY.lamps - 0.5 - x
    const dy = QUAY.lampHeight - y
    const dz = distance - z
    const squared = dx * dx + dy * dy + dz * dz
    const facing = (dx * nx + dy * ny + dz * nz) / Math.sqrt(squared)
    if (facing > 0) sum += (facing * 26) / (squared + 5)
  }
  return sum
}
