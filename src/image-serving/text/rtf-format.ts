import type { TextRun } from '../../engine/typesetting/text-content.ts'
import { RequestError } from '../request-error.ts'

/** How letters look from a place of the text on, until the group ends. Colours and fonts are numbers of their tables. */
export interface RtfFormat extends Omit<
  TextRun,
  'text' | 'font' | 'colour' | 'background' | 'kerning'
> {
  readonly font: number | undefined
  readonly colour: number
  /** 0 for none. */
  readonly background: number
  readonly rise: number
  readonly stretch: { readonly x: number; readonly y: number }
  /** The size above which pairs of letters are moved together, in half points; 0 for none. */
  readonly kernedAbove: number
  /** How many letters behind one of Unicode stand for it where that is not known. */
  readonly standIns: number
  readonly capitals: 'all' | 'small' | undefined
}

/** The largest font, in half points; the format has no larger numbers in words of old. */
const LARGEST_FONT = 32_767

/** How many times wider or higher than usual letters may be, in per cent. */
const LARGEST_STRETCH = 1000

/** How letters look of which nothing is said. */
export const DEFAULT_FORMAT: RtfFormat = {
  font: undefined,
  colour: 0,
  background: 0,
  size: 12,
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  position: 'baseline',
  rise: 0,
  spacing: 0,
  stretch: { x: 1, y: 1 },
  kernedAbove: 1,
  reversed: false,
  standIns: 1,
  capitals: undefined,
}

/** The kinds of underlining that are drawn as a single line, as Image Serving does. */
const UNDERLINES = ['ul', 'uld', 'uldash', 'uldashd', 'uldashdd', 'uldb', 'ulth', 'ulw', 'ulwave']

type Change = (number: number | undefined, format: RtfFormat) => Partial<RtfFormat>

/** What each control word makes of how letters look, by the number behind it. */
const CHANGES: Readonly<Record<string, Change>> = {
  ...Object.fromEntries(
    UNDERLINES.map((word) => [word, (number) => ({ underline: number !== 0 })]),
  ),
  ulnone: () => ({ underline: false }),
  b: (number) => ({ bold: number !== 0 }),
  i: (number) => ({ italic: number !== 0 }),
  strike: (number) => ({ strike: number !== 0 }),
  striked: (number) => ({ strike: number !== 0 }),
  f: (number = 0) => ({ font: number }),
  cf: (number = 0) => ({ colour: number }),
  cb: (number = 0) => ({ background: number }),
  highlight: (number = 0) => ({ background: number }),
  fs: (number) => ({ size: readSize(number) }),
  super: (number) => ({ position: number === 0 ? 'baseline' : 'superscript' }),
  sub: (number) => ({ position: number === 0 ? 'baseline' : 'subscript' }),
  nosupersub: () => ({ position: 'baseline' }),
  up: (number = 6) => ({ rise: number / 2 }),
  dn: (number = 6) => ({ rise: -number / 2 }),
  uc: (number = 1) => ({ standIns: Math.max(0, number) }),
  kerning: (number = 1) => ({ kernedAbove: Math.max(0, number) }),
  // Quarters of a point, and twentieths.
  expnd: (number = 0) => ({ spacing: number / 4 }),
  expndtw: (number = 0) => ({ spacing: number / 20 }),
  charscalex: (number, { stretch }) => ({
    stretch: { ...stretch, x: readStretch('charscalex', number) },
  }),
  charscaley: (number, { stretch }) => ({
    stretch: { ...stretch, y: readStretch('charscaley', number) },
  }),
  caps: (number) => ({ capitals: number === 0 ? undefined : 'all' }),
  scaps: (number) => ({ capitals: number === 0 ? undefined : 'small' }),
  ltrch: () => ({ reversed: false }),
  rtlch: () => ({ reversed: true }),
  plain: (_, { reversed, standIns }) => ({ ...DEFAULT_FORMAT, reversed, standIns }),
}

/**
 * What a control word makes of how letters look.
 *
 * @param number - which stands behind the word
 * @returns undefined for a word that says nothing of that
 * @throws {@link RequestError} for a size that no font has
 */
export function changeFormat(
  format: RtfFormat,
  word: string,
  number: number | undefined,
): RtfFormat | undefined {
  const change = Object.hasOwn(CHANGES, word) ? CHANGES[word] : undefined
  return change && { ...format, ...change(number, format) }
}

function readSize(number = 24): number {
  if (number >= 1 && number <= LARGEST_FONT) return number / 2
  throw new RequestError(
    `text= has \\fs${number}, but a font must be from 1 to ${LARGEST_FONT} half points large.`,
    'text',
  )
}

function readStretch(word: string, number = 100): number {
  if (number >= 1 && number <= LARGEST_STRETCH) return number / 100
  throw new RequestError(
    `text= has \\${word}${number}, but letters must be from 1 to ${LARGEST_STRETCH} per cent as large as usual.`,
    'text',
  )
}
