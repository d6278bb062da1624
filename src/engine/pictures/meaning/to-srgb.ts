import {
  type Chromaticity,
  type ColourSpace,
  type Primaries,
  SRGB_PRIMARIES,
  type Transfer,
} from './colour-space.ts'
import { apply, diagonal, invert, type Matrix, multiply, transpose, type Vector } from './matrix.ts'

/** White of a screen in HDR, in candela per square metre (ITU-R BT.2408). */
const WHITE_NITS = 203

/** What a value of 1 means in PQ, likewise (SMPTE ST 2084). */
const PQ_NITS = 10_000

/** As many values of light as are told apart between black and white. */
const LIGHT_STEPS = 65_535

/** Turns samples of red, green and blue from 0 to 1 into those of sRGB with 8 bits, which are put into `to` at `at`. */
export type ToSrgb = (red: number, green: number, blue: number, to: Uint8Array, at: number) => void

/**
 * Makes what turns the colours of a space into sRGB: what is more colourful than that has its nearest, and HDR is as bright as
 * on a screen without it, for which Chromium takes the reference white tone mapping operator of SMPTE ST 2094-50.
 */
export function createToSrgb({ primaries, transfer }: ColourSpace): ToSrgb {
  const light = tableOf((value) => lightOf(value, transfer))
  const [[a, b, c], [d, e, f], [g, h, i]] = toSrgbLight(primaries)
  const gain = gainOf(transfer, luminanceOf(primaries))
  return (red, green, blue, to, at) => {
    const r = light[Math.round(red * LIGHT_STEPS)] ?? 0
    const s = light[Math.round(green * LIGHT_STEPS)] ?? 0
    const t = light[Math.round(blue * LIGHT_STEPS)] ?? 0
    const by = gain(r, s, t)
    to[at] = encodeLight((a * r + b * s + c * t) * by)
    to[at + 1] = encodeLight((d * r + e * s + f * t) * by)
    to[at + 2] = encodeLight((g * r + h * s + i * t) * by)
  }
}

/**
 * Makes what turns light, of which 1 is white, into samples of sRGB: as it is where none is brighter than white, and else mapped
 * as HDR is.
 *
 * @param most - the brightest light of the picture
 */
export function createLightToSrgb(primaries: Primaries, most: number): ToSrgb {
  const [[a, b, c], [d, e, f], [g, h, i]] = toSrgbLight(primaries)
  const map = createToneMap(most)
  const clip = (light: number): number => (light < most ? light : most)
  return (red, green, blue, to, at) => {
    const [r, s, t] = [clip(red), clip(green), clip(blue)]
    const by = map(Math.max(r, s, t))
    to[at] = encodeLight((a * r + b * s + c * t) * by)
    to[at + 1] = encodeLight((d * r + e * s + f * t) * by)
    to[at + 2] = encodeLight((g * r + h * s + i * t) * by)
  }
}

/** Made with the first picture that needs it: most processes never have one. */
let encoded: Uint8Array | undefined

function encodeSteps(): Uint8Array {
  return Uint8Array.from({ length: LIGHT_STEPS + 1 }, (_, index) => {
    const light = index / LIGHT_STEPS
    return Math.round(
      255 * (light > 0.0031308 ? 1.055 * light ** (1 / 2.4) - 0.055 : 12.92 * light),
    )
  })
}

/** The sample of 8 bits of a share of light (IEC 61966-2-1); what is darker than black is black. */
export function encodeLight(light: number): number {
  encoded ??= encodeSteps()
  return encoded[Math.round(Math.min(1, Math.max(0, light)) * LIGHT_STEPS)] ?? 0
}

function tableOf(light: (value: number) => number): Float64Array {
  return Float64Array.from({ length: LIGHT_STEPS + 1 }, (_, index) => light(index / LIGHT_STEPS))
}

/** The light of a value, of which 1 is white; HDR has more. */
function lightOf(value: number, transfer: Transfer): number {
  if (transfer.kind === 'power') return value ** transfer.gamma
  if (transfer.kind === 'pq') return nitsOfPq(value) / WHITE_NITS
  if (transfer.kind === 'hlg') return sceneOfHlg(value)
  return value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92
}

/** SMPTE ST 2084, section 5.1, in candela per square metre. */
function nitsOfPq(value: number): number {
  const power = value ** (32 / 2523)
  const share = Math.max(0, power - 3424 / 4096) / (2413 / 128 - (2392 / 128) * power)
  return PQ_NITS * share ** (16_384 / 2610)
}

/** The light of the scene (ITU-R BT.2100, table 5); what a screen makes of it is in its gain. */
function sceneOfHlg(value: number): number {
  return value <= 0.5
    ? value ** 2 / 3
    : (Math.exp((value - 0.559_910_73) / 0.178_832_77) + 0.284_668_92) / 12
}

/** What all three of a pixel are multiplied with. */
type Gain = (red: number, green: number, blue: number) => number

function gainOf(transfer: Transfer, [y1, y2, y3]: Vector): Gain {
  if (transfer.kind === 'srgb' || transfer.kind === 'power') return () => 1
  const most = transfer.mostNits / WHITE_NITS
  const map = createToneMap(most)
  if (transfer.kind === 'pq') return (red, green, blue) => map(Math.max(red, green, blue))
  return (red, green, blue) => {
    // Of a screen with 1,000 candela per square metre (BT.2100, table 5, note 5f).
    const system = most * (y1 * red + y2 * green + y3 * blue) ** 0.2
    return system * map(system * Math.max(red, green, blue))
  }
}

/** How far white is darkened for what is brighter: by half for a picture of 1,000 candela per square metre. */
const USUAL_STOPS = Math.log2(1000 / WHITE_NITS)

/** Where the curve bends between white and the brightest light. */
const BEND = 0.65

/**
 * Makes what tells the gain for the brightest of the three samples of a pixel: up to white it is one factor, above that a
 * quadratic Bézier curve up to the brightest light.
 *
 * @param most - the brightest light, of which 1 is white
 */
function createToneMap(most: number): (brightest: number) => number {
  const stops = Math.log2(Math.max(1, most))
  if (stops === 0) return () => 1
  const white = 1 - 0.5 * Math.min(1, stops / USUAL_STOPS)
  const bendX = 1 - BEND + BEND / white
  const bendY = (1 - BEND) * white + BEND
  const [square, linear] = [1 - 2 * bendX + most, 2 * (bendX - 1)]
  return (brightest) => {
    if (brightest <= 1) return white
    if (brightest >= most) return 1 / brightest
    const way = (Math.sqrt(linear ** 2 + 4 * square * (brightest - 1)) - linear) / (2 * square)
    const mapped = (1 - way) ** 2 * white + 2 * way * (1 - way) * bendY + way ** 2
    return mapped / brightest
  }
}

/** How much of each of the three there is in the brightness of a pixel. */
export function luminanceOf(primaries: Primaries): Vector {
  return toXyz(primaries)[1]
}

/** From the light of some primaries to that of those of sRGB, whose white is its white. */
function toSrgbLight(primaries: Primaries): Matrix {
  const { white } = SRGB_PRIMARIES
  return multiply(
    invert(toXyz(SRGB_PRIMARIES)),
    multiply(adapt(primaries.white, white), toXyz(primaries)),
  )
}

/** From the light of primaries to CIE XYZ: all three together are their white. */
function toXyz({ red, green, blue, white }: Primaries): Matrix {
  const pure = transpose([xyzOf(red), xyzOf(green), xyzOf(blue)])
  return multiply(pure, diagonal(apply(invert(pure), xyzOf(white))))
}

/** What the eye's cones answer to, as Bradford has it (ICC.1, annex E). */
const CONES: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
]

/** From what looks right under one white to what looks so under another. */
function adapt(from: Chromaticity, to: Chromaticity): Matrix {
  const [a, b, c] = apply(CONES, xyzOf(from))
  const [x, y, z] = apply(CONES, xyzOf(to))
  return multiply(invert(CONES), multiply(diagonal([x / a, y / b, z / c]), CONES))
}

/** CIE XYZ of a chromaticity, as bright as 1. */
function xyzOf([x, y]: Chromaticity): Vector {
  return [x / y, 1, (1 - x - y) / y]
}
