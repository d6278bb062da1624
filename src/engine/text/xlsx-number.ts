import { format } from 'numfmt'

const DAY_MS = 86_400_000

/** What a number in a cell stands for, which only the format of the cell tells. */
type NumberKind = 'number' | 'date' | 'time' | 'date and time' | 'duration'

/** How the numbers of cells are displayed. */
export interface NumberFormat {
  readonly kind: NumberKind
  /** What is displayed of a number; undefined for all of its digits, and for dates as the country of the reader has them. */
  readonly code?: string | undefined
}

/** What cells have that say nothing. */
export const GENERAL: NumberFormat = { kind: 'number' }

/**
 * The codes of formats that have numbers instead (ECMA-376, part 1, 18.8.30), and of those that programs leave out of their files
 * besides, as they are in the United States.
 */
const CODES = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [5, '"$"#,##0;("$"#,##0)'],
  [6, '"$"#,##0;[Red]("$"#,##0)'],
  [7, '"$"#,##0.00;("$"#,##0.00)'],
  [8, '"$"#,##0.00;[Red]("$"#,##0.00)'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [12, '# ?/?'],
  [13, '# ??/??'],
  [14, 'm/d/yyyy'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm AM/PM'],
  [19, 'h:mm:ss AM/PM'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'm/d/yyyy h:mm'],
  [37, '#,##0;(#,##0)'],
  [38, '#,##0;[Red](#,##0)'],
  [39, '#,##0.00;(#,##0.00)'],
  [40, '#,##0.00;[Red](#,##0.00)'],
  [41, '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)'],
  [42, '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)'],
  [43, '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)'],
  [44, '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
  [48, '##0.0E+0'],
  [49, '@'],
])

/** The format that has such a number instead of a code, those of East Asia included. */
export function readFormatNumber(number: number): NumberFormat {
  return { kind: kindOfNumber(number), code: CODES.get(number) }
}

function kindOfNumber(number: number): NumberKind {
  if (number === 22) return 'date and time'
  if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35)) return 'time'
  if (number === 45 || number === 47) return 'time'
  if (number === 46) return 'duration'
  const isDate =
    (number >= 14 && number <= 17) ||
    (number >= 27 && number <= 31) ||
    number === 36 ||
    (number >= 50 && number <= 58)
  return isDate ? 'date' : 'number'
}

/** The format of a code such as `[$-409]d\-mmm\-yy;@`. */
export function readFormatCode(code: string): NumberFormat {
  const kind = kindOfCode(code)
  if (/^general$/i.test(code)) return GENERAL
  // Which language a currency is of says nothing of how numbers are written, but to the library.
  return { kind, code: code.replace(/\[\$([^\]-]*)-[\da-f]+\]/gi, '[$$$1]') }
}

function kindOfCode(code: string): NumberKind {
  const [first = ''] = code.split(';')
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'duration'
  const letters = first.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '')
  // An exponent has an E, and years of an era an e.
  if (/general|e[+-]/i.test(letters)) return 'number'
  const hasTime = /[hs]|am\/pm/i.test(letters)
  const hasDate = /[yde]/i.test(letters) || (/m/i.test(letters) && !hasTime)
  if (hasDate) return hasTime ? 'date and time' : 'date'
  return hasTime ? 'time' : 'number'
}

/**
 * Writes the number of a cell: a date or time as ISO 8601 has it, anything else as it is displayed, or with the 15 digits that
 * sheets compute with.
 *
 * @param stored - as the file has it
 * @param from1904 - whether days are counted from 1904 rather than 1900
 */
export function writeNumber(
  stored: string,
  { kind, code }: NumberFormat,
  from1904: boolean,
): string {
  const value = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(value)) return stored
  const number = writeDigits(value)
  if (kind === 'number') return code === undefined ? number : (display(value, code) ?? number)
  if (value < 0) return number
  if (kind === 'duration') return writeClock(value)
  const date = toDate(value, from1904)
  if (date === undefined) return number
  const iso = date.toISOString()
  const day = iso.slice(0, 10)
  const clock = iso.slice(11, 19)
  if (kind === 'time' && value < 1) return clock
  return kind === 'date' ? day : `${day}T${clock}`
}

/** The 15 digits that sheets compute with; an exponent as they write it. */
function writeDigits(value: number): string {
  return String(Number(value.toPrecision(15))).replace(
    /e([+-])(\d+)$/,
    (_, sign: string, digits: string) => `E${sign}${digits.padStart(2, '0')}`,
  )
}

/**
 * Writes the text of a cell: as it is, or with what its format has beside it.
 *
 * @param format - that of the cell
 */
export function writeText(text: string, { code = '' }: NumberFormat): string {
  // Only the fourth part of a code is about texts, or one that mentions them.
  const isAboutTexts = code.includes('@') || code.split(';').length > 3
  return isAboutTexts ? (display(text, code) ?? text) : text
}

/** Above that no decimals are left that half of one could change. */
const MOST_ROUNDED = 1e11

/** A number that is a hair below half of a decimal is that half in a sheet: 1.005 is 1.01 with two decimals. */
function roundedAsInSheets(value: number): number {
  return Math.abs(value) < MOST_ROUNDED ? value * (1 + Number.EPSILON) : value
}

/** @returns undefined for a code that is none */
function display(value: number | string, code: string): string | undefined {
  try {
    const shown = typeof value === 'number' ? roundedAsInSheets(value) : value
    const text = format(code, shown)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

/** Hours, minutes and seconds of a number of days. */
function writeClock(days: number): string {
  const seconds = Math.round(days * 86_400)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/** @returns undefined for a day after the year 9999 */
function toDate(value: number, from1904: boolean): Date | undefined {
  // There is a 29 February 1900 in sheets, so that days before it are one less.
  const days = from1904 ? value : value + (value < 60 ? 1 : 0)
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const time = epoch + Math.round(days * 86_400) * 1000
  return time > Date.UTC(9999, 11, 31) + DAY_MS - 1 ? undefined : new Date(time)
}
