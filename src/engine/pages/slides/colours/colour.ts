import type { LetterColour } from '../../../typesetting/text-content.ts'

/** A colour: red, green, blue and alpha, each from 0 to 1. */
export interface Colour {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

export const BLACK: Colour = { red: 0, green: 0, blue: 0, alpha: 1 }
export const WHITE: Colour = { red: 1, green: 1, blue: 1, alpha: 1 }

/** The colour of six hexadecimal digits; undefined when they are none. */
export function fromHex(digits: string): Colour | undefined {
  if (!/^[\da-f]{6}$/i.test(digits)) return undefined
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(
    (at) => Number.parseInt(digits.slice(at, at + 2), 16) / 255,
  )
  return { red, green, blue, alpha: 1 }
}

/** Between two colours, at a share of the way. */
export function mix(one: Colour, other: Colour, share: number): Colour {
  const between = (from: number, to: number): number => from + (to - from) * share
  return {
    red: between(one.red, other.red),
    green: between(one.green, other.green),
    blue: between(one.blue, other.blue),
    alpha: between(one.alpha, other.alpha),
  }
}

/** A colour by its hue in degrees, and its saturation and luminance from 0 to 1. */
export interface Hsl {
  readonly hue: number
  readonly saturation: number
  readonly luminance: number
}

export function toHsl({ red, green, blue }: Colour): Hsl {
  const most = Math.max(red, green, blue)
  const least = Math.min(red, green, blue)
  const range = most - least
  const luminance = (most + least) / 2
  if (range === 0) return { hue: 0, saturation: 0, luminance }
  const saturation = range / (1 - Math.abs(2 * luminance - 1))
  const sixth =
    most === red
      ? (green - blue) / range
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4
  return { hue: (sixth * 60 + 360) % 360, saturation, luminance }
}

export function fromHsl({ hue, saturation, luminance }: Hsl, alpha: number): Colour {
  const strength = Math.min(1, Math.max(0, saturation))
  const light = Math.min(1, Math.max(0, luminance))
  const reach = strength * Math.min(light, 1 - light)
  const component = (at: number): number => {
    const step = (at + hue / 30) % 12
    return light - reach * Math.max(-1, Math.min(step - 3, 9 - step, 1))
  }
  return { red: component(0), green: component(8), blue: component(4), alpha }
}

/** A component as it is in proportion to light, of one as it is stored (sRGB, IEC 61966-2-1). */
export function toLight(stored: number): number {
  return stored <= 0.04045 ? stored / 12.92 : ((stored + 0.055) / 1.055) ** 2.4
}

/** The reverse of {@link toLight}. */
export function fromLight(light: number): number {
  const within = Math.min(1, Math.max(0, light))
  return within <= 0.0031308 ? within * 12.92 : 1.055 * within ** (1 / 2.4) - 0.055
}

/** A colour as those who draw it have it, each part from 0 to 255. */
export function toLetterColour({ red, green, blue, alpha }: Colour): LetterColour {
  return { red: whole(red), green: whole(green), blue: whole(blue), alpha: whole(alpha) }
}

function whole(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 255)
}
