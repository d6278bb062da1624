import { format, formatColor } from 'numfmt'
import type { NumberFormat } from '../../text/xlsx-number.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import { fromHex, toLetterColour } from '../slides/colours/colour.ts'
import type { CellValue } from './sheet-contents.ts'

/** A number as a cell shows it. */
export interface DisplayedNumber {
  /** From the most letters to the least, of which the first is shown that fits; one alone must fit. */
  readonly texts: readonly string[]
  /** What stands at the left edge of the cell, such as the sign of a currency. */
  readonly atLeft: string
  /** Which its format has for such numbers. */
  readonly colour: LetterColour | undefined
}

/** A number, and how it was displayed, as far as that is known. */
type NumberShown = Omit<Extract<CellValue, { readonly kind: 'number' }>, 'kind'>

/** From the days of 1900 to those of 1904. */
const DAYS_1904 = 1462

/** What stands where a format fills a cell. */
const FILLED = '\u0001'

/** As many digits a cell shows that has no format, from the most to the least. */
const MOST_DIGITS = 10

/** From which on, and below which, such a number is written with an exponent. */
const [LARGE, SMALL] = [1e11, 1e-9]

/** The colours of formats by their names. */
const COLOURS: Readonly<Record<string, string>> = {
  black: '000000',
  white: 'FFFFFF',
  red: 'FF0000',
  green: '00FF00',
  blue: '0000FF',
  yellow: 'FFFF00',
  magenta: 'FF00FF',
  cyan: '00FFFF',
}

/**
 * Writes a number as a cell displays it, or has displayed it when its file was saved.
 *
 * @param from1904 - whether days are counted from 1904 rather than 1900
 */
export function displayNumber(
  { number, shown }: NumberShown,
  { kind, code }: NumberFormat,
  from1904: boolean,
): DisplayedNumber {
  if (shown !== undefined) return toDisplayed(shown, number, code)
  if (code === undefined) return { texts: writeGeneral(number), atLeft: '', colour: undefined }
  const value = from1904 && kind !== 'number' && kind !== 'duration' ? number + DAYS_1904 : number
  const written = write(code, value)
  if (written === undefined) return { texts: writeGeneral(number), atLeft: '', colour: undefined }
  const [before = '', after] = written.split(FILLED)
  const colour = colourOf(code, value)
  return after === undefined
    ? { texts: [written], atLeft: '', colour }
    : { texts: [after], atLeft: before, colour }
}

/** A number as it was displayed, in the colour and beside the sign that its format has. */
function toDisplayed(shown: string, number: number, code: string | undefined): DisplayedNumber {
  if (code === undefined) {
    const shorter = Number(shown) === number ? writeGeneral(number) : []
    const texts = [shown, ...shorter.filter(({ length }) => length < shown.length)]
    return { texts, atLeft: '', colour: undefined }
  }
  const [before = '', after] = write(code, number)?.split(FILLED) ?? []
  const sign = before.trim()
  const isApart = after !== undefined && sign !== '' && shown.trimStart().startsWith(sign)
  return {
    texts: [isApart ? shown.trimStart().slice(sign.length).trimStart() : shown],
    atLeft: isApart ? before : '',
    colour: colourOf(code, number),
  }
}

/** Writes a text as the format of its cell has it, which may put words around it. */
export function displayText(text: string, { code }: NumberFormat): string {
  if (code === undefined || code === '@' || !(code.includes('@') || /;.*;.*;/.test(code)))
    return text
  return write(code, text)?.replaceAll(FILLED, '') ?? text
}

/** @returns undefined for a code that is none */
function write(code: string, value: number | string): string | undefined {
  try {
    const text = format(withFills(code), value)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

/** A code where a sign stands for what fills a cell, which the library would leave out. */
function withFills(code: string): string {
  return code.replace(/"[^"]*"|\\.|_.|\*./g, (piece) =>
    piece.startsWith('*') ? `"${FILLED}"` : piece,
  )
}

function colourOf(code: string, value: number): LetterColour | undefined {
  if (!code.includes('[')) return undefined
  try {
    const named = String(formatColor(code, value) ?? '')
    const colour = fromHex(COLOURS[named.toLowerCase()] ?? named.replace('#', ''))
    return colour && toLetterColour(colour)
  } catch {
    return undefined
  }
}

/** A number without a format, with ever fewer digits behind its point. */
function writeGeneral(number: number): readonly string[] {
  const size = Math.abs(number)
  if (number !== 0 && (size >= LARGE || size < SMALL)) {
    return [5, 4, 3, 2, 1, 0].map((digits) => tidyExponent(number.toExponential(digits)))
  }
  const whole = String(Math.trunc(size)).length
  const texts: string[] = []
  for (let digits = Math.max(0, MOST_DIGITS - whole); digits >= 0; digits -= 1) {
    const text = String(Number(number.toFixed(digits)))
    const plain = text.includes('e') ? number.toFixed(digits) : text
    if (texts.at(-1) !== plain) texts.push(plain)
  }
  // What has no room for all that is before its point has an exponent instead.
  if (whole > 6)
    texts.push(...[2, 1, 0].map((digits) => tidyExponent(number.toExponential(digits))))
  return texts
}

/** `1.23E+09` of `1.230e+9`. */
function tidyExponent(written: string): string {
  const [digits = '', exponent = '+0'] = written.split('e')
  const power = exponent.slice(1).padStart(2, '0')
  return `${String(Number(digits))}E${exponent.slice(0, 1)}${power}`
}
