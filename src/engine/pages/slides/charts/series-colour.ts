import { BLACK, type Colour, fromHex, mix, WHITE } from '../colours/colour.ts'
import type { Palette } from '../colours/read-colour.ts'

/** The accents of a document that has no theme, as Office has them. */
const USUAL = ['4472c4', 'ed7d31', 'a5a5a5', 'ffc000', '5b9bd5', '70ad47']
const ACCENTS = USUAL.length

/** The colour that a series or a slice has of its theme: behind the last accent the first again, darker, and then lighter. */
export function seriesColour(index: number, { colourOf }: Palette): Colour {
  const place = index % ACCENTS
  const accent = colourOf(`accent${place + 1}`) ?? fromHex(USUAL[place] ?? '') ?? BLACK
  const round = Math.floor(index / ACCENTS)
  if (round === 0) return accent
  return mix(accent, round % 2 === 1 ? BLACK : WHITE, Math.min(0.6, 0.4 * Math.ceil(round / 2)))
}
