import { mix } from './noise.ts'

/** A colour in display values, 0 to 1; light sources go above 1. Mutable, because one is reused for every pixel. */
export type Colour = { r: number; g: number; b: number }

/** Sets `colour`. */
export function set(colour: Colour, r: number, g: number, b: number): void {
  colour.r = r
  colour.g = g
  colour.b = b
}

/** Moves `colour` the given share of the way to another one. */
export function blend(colour: Colour, r: number, g: number, b: number, share: number): void {
  colour.r = mix(colour.r, r, share)
  colour.g = mix(colour.g, g, share)
  colour.b = mix(colour.b, b, share)
}

/** Multiplies `colour`. */
export function tint(colour: Colour, r: number, g: number, b: number): void {
  colour.r *= r
  colour.g *= g
  colour.b *= b
}

/** A colour at a position of a gradient. */
export type Stop = { at: number; r: number; g: number; b: number }

/** Sets `colour` to that of the gradient at `position`. */
export function gradient(stops: readonly Stop[], position: number, colour: Colour): void {
  let previous: Stop | undefined
  for (const stop of stops) {
    if (position <= stop.at) {
      const from = previous ?? stop
      const share = stop.at === from.at ? 1 : (position - from.at) / (stop.at - from.at)
      const eased = share * share * (3 - 2 * share) * 0.5 + share * 0.5
      set(
        colour,
        mix(from.r, stop.r, eased),
        mix(from.g, stop.g, eased),
        mix(from.b, stop.b, eased),
      )
      return
    }
    previous = stop
  }
  if (previous !== undefined) set(colour, previous.r, previous.g, previous.b)
}
