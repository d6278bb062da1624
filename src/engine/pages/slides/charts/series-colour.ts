import { BLACK, type Colour, mix, WHITE } from '../colours/colour.ts'
import type { Palette } from '../colours/read-colour.ts'

const ACCENTS = 6

/** The colour that a series or a slice has of its theme: behind the last accent the first again, darker, and then lighter. */
export function seriesColour(index: number, { colourOf }: Palette): Colour {
  const accent = colourOf(`accent${(index % ACCENTS) + 1}`) ?? {
    red: 0.27,
    green: 0.45,
    blue: 0.77,
    alpha: 1,
  }
  const round = Math.floor(index / ACCENTS)
  if (round === 0) return accent
  return mix(accent, round % 2 === 1 ? BLACK : WHITE, Math.min(0.6, 0.4 * Math.ceil(round / 2)))
}
