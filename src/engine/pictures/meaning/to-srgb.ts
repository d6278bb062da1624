import {
  type ColourSpace,
  curveOf,
  isPlain,
  type Primaries,
  SRGB_PRIMARIES,
  type Transfer,
  WIDE_PRIMARIES,
} from './colour-space.ts'
import { apply, dot, type Vector } from './matrix.ts'
import { luminanceOf, toLightOf } from './primaries.ts'

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
  const light = tableOf(lightOf(transfer))
  const [[a, b, c], [d, e, f], [g, h, i]] = toLightOf(primaries, SRGB_PRIMARIES)
  const gain = gainOf(transfer, primaries)
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
  const [[a, b, c], [d, e, f], [g, h, i]] = toLightOf(primaries, SRGB_PRIMARIES)
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

/** Tells the light of a value, of which 1 is white; HDR has more. */
function lightOf(transfer: Transfer): (value: number) => number {
  if (!isPlain(transfer))
    return transfer.kind === 'hlg' ? sceneOfHlg : (value) => nitsOfPq(value) / WHITE_NITS
  const { gamma, a, b, c, d } = curveOf(transfer)
  return (value) => (value < d ? c * value : (a * value + b) ** gamma)
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

function gainOf(transfer: Transfer, primaries: Primaries): Gain {
  if (isPlain(transfer)) return () => 1
  const most = transfer.mostNits / WHITE_NITS
  const map = createToneMap(most)
  const wide = toLightOf(primaries, WIDE_PRIMARIES)
  const luminance = luminanceOf(primaries)
  // In the widest of colours none is brighter than its white because it is pure.
  const brightest = (...light: Vector): number => Math.max(...apply(wide, light))
  if (transfer.kind === 'pq') return (...light) => map(brightest(...light))
  return (...light) => {
    // Of a screen with 1,000 candela per square metre (BT.2100, table 5, note 5f).
    const system = most * dot(luminance, light) ** 0.2
    return system * map(system * brightest(...light))
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
