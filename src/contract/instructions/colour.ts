import * as z from 'zod/mini'
import { COLOUR_NAMES } from '../../base/colour-names.ts'

const COLOUR = 'a colour like #fff, #ffffff or red, or a whole number for a grey from 0 to 255'

/** A colour in hexadecimal, or a number from 0 to 255 in digits. */
const COLOUR_TEXT = /^(#([\da-f]{3}|[\da-f]{6})|0*(\d{1,2}|1\d\d|2[0-4]\d|25[0-5]))$/i

/** A colour as people write it, see {@link toColour}. */
export const colourSchema = z.pipe(
  z.transform((value) => (typeof value === 'number' ? value : String(value).trim().toLowerCase())),
  z.union(
    [
      z.int({ error: COLOUR }).check(z.gte(0, { error: COLOUR }), z.lte(255, { error: COLOUR })),
      z.string({ error: COLOUR }).check(z.regex(COLOUR_TEXT, { error: COLOUR })),
      z.enum(Object.keys(COLOUR_NAMES), { error: COLOUR }),
    ],
    { error: COLOUR },
  ),
)

/** A colour by its name or in hexadecimal, or one number for all three of its values. */
export function toColour(colour: string | number): { r: number; g: number; b: number } {
  const text = COLOUR_NAMES[colour] ?? String(colour)
  if (!text.startsWith('#')) return { r: Number(text), g: Number(text), b: Number(text) }
  const [r = 0, g = 0, b = 0] =
    (text.length === 4 ? text.slice(1).replaceAll(/./g, '$&$&') : text.slice(1))
      .match(/../g)
      ?.map((pair) => Number.parseInt(pair, 16)) ?? []
  return { r, g, b }
}
