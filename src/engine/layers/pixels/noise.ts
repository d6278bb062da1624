import type { Adjustment } from '../composition.ts'
import type { Raster } from '../raster.ts'
import { mapPixels } from './map-pixels.ts'

type Noise = Omit<Extract<Adjustment, { op: 'noise' }>, 'op'>

/** How many values a table of noise has, of which each is as likely as any other. */
const TABLE_SIZE = 65_536

/**
 * Adds noise to the components of every pixel, or the same to all three of each; equal seeds make equal noise. The amount is
 * how far uniform noise goes at most, in percent of the range of values. Gaussian noise goes further, but has the same
 * variance, so that equal amounts look equally strong.
 */
export function addNoise(raster: Raster, noise: Noise, signal?: AbortSignal): Promise<Raster> {
  const table = noise.distribution === 'uniform' ? uniform(noise.amount) : gaussian(noise.amount)
  const random = createRandom(noise.seed)
  return mapPixels(raster, signal, ({ from, to, start, end, step }) => {
    for (let at = start; at < end; at += step) {
      const drawn = random()
      const first = table[drawn >>> 16] ?? 0
      const second = noise.monochrome ? first : (table[drawn & 0xffff] ?? 0)
      const third = noise.monochrome ? first : (table[random() >>> 16] ?? 0)
      to[at] = (from[at] ?? 0) + first
      to[at + 1] = (from[at + 1] ?? 0) + second
      to[at + 2] = (from[at + 2] ?? 0) + third
    }
  })
}

/** Numbers of 32 bits, the same for the same seed: xorshift of Marsaglia, after mixing, since seeds may be near each other. */
function createRandom(seed: number): () => number {
  let state = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b)
  state = Math.imul(state ^ (state >>> 16), 0x45d9f3b) ^ (state >>> 16)
  // The one state that xorshift would stay in.
  if (state === 0) state = 0x9e3779b9
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state
  }
}

function uniform(amount: number): Float32Array {
  return Float32Array.from(
    { length: TABLE_SIZE },
    (_, index) => (((index + 0.5) / TABLE_SIZE) * 2 - 1) * amount * 2.55,
  )
}

/** By the method of Box and Muller, from 256 × 256 pairs of numbers that cover their square evenly. */
function gaussian(amount: number): Float32Array {
  const deviation = (amount * 2.55) / Math.sqrt(3)
  return Float32Array.from({ length: TABLE_SIZE }, (_, index) => {
    const distance = Math.sqrt(-2 * Math.log(((index >>> 8) + 0.5) / 256))
    return deviation * distance * Math.cos((2 * Math.PI * ((index & 255) + 0.5)) / 256)
  })
}
