import type { Rgba } from '../../composition.ts'
import { premultiply } from './premultiply.ts'

/** Finds which colour of a palette is nearest to one whose components are multiplied by its alpha; all are whole numbers. */
export type FindNearest = (red: number, green: number, blue: number, alpha: number) => number

/** What is opaque gets an opaque colour, and what is fully transparent one that is as well, where the palette has such. */
export function createFinder(colours: readonly Rgba[]): FindNearest {
  const transparent = colours.findIndex(({ alpha }) => alpha === 0)
  const findAny = createSearch(colours)
  const findOpaque = colours.some(({ alpha }) => alpha === 255)
    ? createOpaqueSearch(colours)
    : findAny
  return (red, green, blue, alpha) => {
    if (alpha === 255) return findOpaque(red, green, blue, alpha)
    if (alpha === 0 && transparent !== -1) return transparent
    return findAny(red, green, blue, alpha)
  }
}

/** Tries all of them, as edges alone are transparent in part. */
function createSearch(colours: readonly Rgba[]): FindNearest {
  const parts = Float64Array.from(colours.flatMap((colour) => premultiply(colour)))
  return (red, green, blue, alpha) => {
    let least = Number.POSITIVE_INFINITY
    let nearest = 0
    for (let at = 0; at < parts.length; at += 4) {
      const distance =
        (red - (parts[at] ?? 0)) ** 2 +
        (green - (parts[at + 1] ?? 0)) ** 2 +
        (blue - (parts[at + 2] ?? 0)) ** 2 +
        (alpha - (parts[at + 3] ?? 0)) ** 2
      if (distance < least) {
        least = distance
        nearest = at
      }
    }
    return nearest / 4
  }
}

/** Colours are parted into cubes of as many bits a side, in which few of a palette can be the nearest. */
const CUBE_BITS = 4
const CUBE_SIDE = 1 << CUBE_BITS
const CUBES_A_SIDE = 256 / CUBE_SIDE

/** Tries those that can be the nearest in the cube of a colour, which are found out when it is first asked for. */
function createOpaqueSearch(colours: readonly Rgba[]): FindNearest {
  const reds = Int16Array.from(colours, ({ red }) => red)
  const greens = Int16Array.from(colours, ({ green }) => green)
  const blues = Int16Array.from(colours, ({ blue }) => blue)
  const cubes = Array.from<Uint8Array | undefined>({ length: CUBES_A_SIDE ** 3 })
  return (red, green, blue) => {
    const cube =
      ((red >> CUBE_BITS) * CUBES_A_SIDE + (green >> CUBE_BITS)) * CUBES_A_SIDE +
      (blue >> CUBE_BITS)
    let candidates = cubes[cube]
    if (candidates === undefined) {
      const corner = [red, green, blue].map((level) => level - (level % CUBE_SIDE))
      candidates = candidatesOf(colours, corner)
      cubes[cube] = candidates
    }
    let least = Number.POSITIVE_INFINITY
    let nearest = 0
    for (let at = 0; at < candidates.length; at += 1) {
      const index = candidates[at] ?? 0
      const off = red - (reds[index] ?? 0)
      const offGreen = green - (greens[index] ?? 0)
      const offBlue = blue - (blues[index] ?? 0)
      const distance = off * off + offGreen * offGreen + offBlue * offBlue
      if (distance < least) {
        least = distance
        nearest = index
      }
    }
    return nearest
  }
}

/** Leaves out what is further from the whole of a cube than another colour is from its furthest corner. */
function candidatesOf(colours: readonly Rgba[], corner: readonly number[]): Uint8Array {
  const ranges = colours.flatMap(({ red, green, blue, alpha }, index) => {
    if (alpha !== 255) return []
    let [near, far] = [0, 0]
    for (const [part, level] of [red, green, blue].entries()) {
      const low = corner[part] ?? 0
      const high = low + CUBE_SIDE - 1
      near += Math.max(low - level, 0, level - high) ** 2
      far += Math.max(Math.abs(level - low), Math.abs(level - high)) ** 2
    }
    return [{ index, near, far }]
  })
  const bound = Math.min(...ranges.map(({ far }) => far))
  return Uint8Array.from(ranges.filter(({ near }) => near <= bound).map(({ index }) => index))
}
