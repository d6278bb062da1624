import { OperationError } from '../../../base/operation-error.ts'
import type { TextRun } from '../composition.ts'
import { standardWidths, type Widths } from './standard-widths.ts'

/** A font that every reader of PDF has (ISO 32000-1, 9.6.2.2). */
export interface TextFont {
  /** Its PostScript name. */
  readonly name: string
  /** From each letter to the next one, from code 32 on, in thousandths of the size. */
  readonly widths: Uint16Array
}

type Family = 'Helvetica' | 'Times' | 'Courier'

/** Names by which texts mean one of the families: those whose letters are exactly as wide. */
const FAMILIES: Readonly<Record<string, Family>> = {
  helvetica: 'Helvetica',
  arial: 'Helvetica',
  arialmt: 'Helvetica',
  'liberation sans': 'Helvetica',
  'nimbus sans': 'Helvetica',
  arimo: 'Helvetica',
  'sans-serif': 'Helvetica',
  times: 'Times',
  'times new roman': 'Times',
  timesnewromanpsmt: 'Times',
  'liberation serif': 'Times',
  'nimbus roman': 'Times',
  tinos: 'Times',
  serif: 'Times',
  courier: 'Courier',
  'courier new': 'Courier',
  couriernewpsmt: 'Courier',
  'liberation mono': 'Courier',
  'nimbus mono ps': 'Courier',
  cousine: 'Courier',
  monospace: 'Courier',
}

const TAKEN = [
  'Helvetica (also as Arial)',
  'Times (also as Times New Roman)',
  'Courier (also as Courier New)',
]

const known = new Map<string, TextFont>()

/**
 * The font of a run.
 *
 * @throws {@link OperationError} text_font_missing, for what is drawn in another font is not what was asked for
 */
export function fontOf({ font, bold, italic }: TextRun): TextFont {
  const family = font === undefined ? 'Helvetica' : FAMILIES[font.toLowerCase().trim()]
  if (family === undefined)
    throw new OperationError('text_font_missing', { font: font ?? '', taken: TAKEN })
  const slanted = family === 'Times' ? 'Italic' : 'Oblique'
  const style = `${bold ? 'Bold' : ''}${italic ? slanted : ''}`
  const plain = family === 'Times' ? 'Times-Roman' : family
  const name = style === '' ? plain : `${family}-${style}`
  const found = known.get(name) ?? { name, widths: standardWidths(widthsOf(family, bold, italic)) }
  known.set(name, found)
  return found
}

function widthsOf(family: Family, bold: boolean, italic: boolean): Widths {
  if (family === 'Courier') return 'courier'
  if (family === 'Helvetica') return bold ? 'helveticaBold' : 'helvetica'
  if (bold) return italic ? 'timesBoldItalic' : 'timesBold'
  return italic ? 'timesItalic' : 'times'
}
