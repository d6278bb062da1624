import type { Size } from '../../dimensions.ts'
import type { Primaries } from '../../meaning/colour-space.ts'
import { createLightToSrgb } from '../../meaning/to-srgb.ts'
import type { Raster } from '../raster.ts'

/** A picture whose samples are numbers of light, of which 1 is white. */
export interface Light extends Size {
  readonly primaries: Primaries
  /** That of each colour, row by row: red, green and blue, or grey alone. */
  readonly colours: readonly [Float32Array] | readonly [Float32Array, Float32Array, Float32Array]
  /** How much of what is behind it a pixel covers, with which the colours have been multiplied. */
  readonly alpha?: Float32Array | undefined
  /** The brightest light that has to be told from others; that of the colours unless given. */
  readonly most?: number | undefined
}

/** As much memory as a pixel of three colours and transparency takes, in bytes. */
export const LIGHT_BYTES = 16

/**
 * Shows light on a screen: as it is when none is brighter than white, and else with the tone mapping that HDR has here, of which
 * the brightest light of the picture is the end, but for single sparks.
 */
export function showLight({
  width,
  height,
  primaries,
  colours,
  alpha,
  most = brightestOf(colours),
}: Light): Raster {
  const [first, second = first, third = first] = colours
  const isGrey = colours.length === 1
  const toSrgb = createLightToSrgb(primaries, most)
  const samples = (isGrey ? 1 : 3) + (alpha === undefined ? 0 : 1)
  const shown = new Uint8Array(3)
  return {
    width,
    height,
    colours: isGrey ? 'grey' : 'rgb',
    alpha: alpha !== undefined,
    rows(y, count) {
      const bytes = new Uint8Array(width * count * samples)
      for (let from = y * width, to = 0; to < bytes.length; from += 1, to += samples) {
        const covers = alpha === undefined ? 1 : shareOf(alpha[from])
        // What shines without covering anything is as bright as it is.
        const by = covers > 0 ? 1 / covers : 1
        const into = isGrey ? shown : bytes
        toSrgb(
          lightOf(first[from]) * by,
          lightOf(second[from]) * by,
          lightOf(third[from]) * by,
          into,
          isGrey ? 0 : to,
        )
        if (isGrey) bytes[to] = shown[0] ?? 0
        if (alpha !== undefined) bytes[to + samples - 1] = Math.round(covers * 255)
      }
      return bytes
    },
  }
}

/** One sample in as many may be brighter than what is taken for the brightest, such as a spark in a rendered scene. */
const BRIGHTER = 1000

/** How finely light above white is counted, in steps for each time that it doubles, and up to how many times. */
const STEPS = 16
const MOST_STOPS = 128

/** The brightest light of samples but for a few, at least white; what is no number or has no end is none. */
export function brightestOf(planes: readonly Float32Array[]): number {
  const counts = new Uint32Array(STEPS * MOST_STOPS + 1)
  let [samples, most] = [0, 1]
  for (const plane of planes) {
    samples += plane.length
    for (const light of plane) {
      if (!(light > 1) || light === Number.POSITIVE_INFINITY) continue
      most = Math.max(most, light)
      const step = Math.floor(STEPS * Math.log2(light))
      counts[step] = (counts[step] ?? 0) + 1
    }
  }
  let left = Math.floor(samples / BRIGHTER)
  let step = counts.length - 1
  for (; step >= 0; step -= 1) {
    left -= counts[step] ?? 0
    if (left < 0) break
  }
  return step < 0 ? 1 : Math.min(most, 2 ** ((step + 1) / STEPS))
}

/** What is no number is dark, and so is what has no end below. */
function lightOf(light = 0): number {
  return light > Number.NEGATIVE_INFINITY ? light : 0
}

function shareOf(alpha = 0): number {
  return alpha > 0 ? Math.min(1, alpha) : 0
}
