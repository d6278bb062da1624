import type { Paragraph, TextRun } from '../../engine/layers/composition.ts'
import { RequestError } from '../request-error.ts'

/** How letters look from a place of the text on, until the group ends. Colours and fonts are numbers of their tables. */
export interface RtfFormat extends Omit<TextRun, 'text' | 'font' | 'colour'> {
  readonly align: Paragraph['align']
  readonly font: number | undefined
  readonly colour: number
  readonly rise: number
  /** How many letters behind one of Unicode stand for it where that is not known. */
  readonly standIns: number
}

/** The largest font, in half points; the format has no larger numbers in words of old. */
const LARGEST_FONT = 32_767

/** How letters look of which nothing is said. */
export const DEFAULT_FORMAT: RtfFormat = {
  align: 'left',
  font: undefined,
  colour: 0,
  size: 12,
  bold: false,
  italic: false,
  underline: false,
  position: 'baseline',
  rise: 0,
  standIns: 1,
}

/** The kinds of underlining that are drawn as a single line, as Image Serving does. */
const UNDERLINES = ['ul', 'uld', 'uldash', 'uldashd', 'uldashdd', 'uldb', 'ulth', 'ulw', 'ulwave']

/**
 * What a control word makes of how letters look.
 *
 * @param number - which stands behind the word
 * @returns undefined for a word that says nothing of that
 * @throws {@link RequestError} for a size that no font has, and letters from right to left
 */
export function changeFormat(
  format: RtfFormat,
  word: string,
  number: number | undefined,
): RtfFormat | undefined {
  const on = number !== 0
  if (UNDERLINES.includes(word)) return { ...format, underline: on }
  switch (word) {
    case 'b':
      return { ...format, bold: on }
    case 'i':
      return { ...format, italic: on }
    case 'ulnone':
      return { ...format, underline: false }
    case 'f':
      return { ...format, font: number ?? 0 }
    case 'cf':
      return { ...format, colour: number ?? 0 }
    case 'fs':
      return { ...format, size: readSize(number) }
    case 'super':
      return { ...format, position: on ? 'superscript' : 'baseline' }
    case 'sub':
      return { ...format, position: on ? 'subscript' : 'baseline' }
    case 'nosupersub':
      return { ...format, position: 'baseline' }
    case 'up':
      return { ...format, rise: (number ?? 6) / 2 }
    case 'dn':
      return { ...format, rise: -(number ?? 6) / 2 }
    case 'uc':
      return { ...format, standIns: Math.max(0, number ?? 1) }
    case 'ql':
      return { ...format, align: 'left' }
    case 'qc':
      return { ...format, align: 'centre' }
    case 'qr':
      return { ...format, align: 'right' }
    case 'qj':
      return { ...format, align: 'justify' }
    case 'pard':
      return { ...format, align: 'left' }
    case 'plain':
      return { ...DEFAULT_FORMAT, align: format.align }
    case 'rtlch':
      throw new RequestError('text= has \\rtlch, but letters run from left to right here.', 'text')
    default:
      return undefined
  }
}

function readSize(number = 24): number {
  if (number >= 1 && number <= LARGEST_FONT) return number / 2
  throw new RequestError(
    `text= has \\fs${number}, but a font must be from 1 to ${LARGEST_FONT} half points large.`,
    'text',
  )
}
