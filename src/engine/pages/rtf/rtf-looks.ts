import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'

/** How letters look; sizes are in halves of a point, lengths in twentieths. */
export interface RtfLetters {
  readonly font: number | undefined
  readonly size: number
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
  readonly strike: boolean
  readonly hidden: boolean
  readonly capitals: 'caps' | 'smallCaps' | undefined
  readonly position: 'superscript' | 'subscript' | undefined
  readonly rise: number
  readonly spacing: number
  readonly scale: number
  /** Numbers of colours; 0 for that of the window. */
  readonly colour: number
  readonly ground: number
}

/** Letters that nothing is said of. */
export const PLAIN: RtfLetters = {
  font: undefined,
  size: 24,
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  hidden: false,
  capitals: undefined,
  position: undefined,
  rise: 0,
  spacing: 0,
  scale: 100,
  colour: 0,
  ground: 0,
}

/** What a control word changes of letters; undefined for one that is about something else. */
export function changeLetters(
  letters: RtfLetters,
  word: string,
  parameter: number | undefined,
): RtfLetters | undefined {
  const isOn = parameter !== 0
  const value = parameter ?? 0
  switch (word) {
    case 'plain':
      return { ...PLAIN }
    case 'f':
      return { ...letters, font: value }
    case 'fs':
      return { ...letters, size: Math.min(3200, Math.max(2, parameter ?? 24)) }
    case 'b':
      return { ...letters, bold: isOn }
    case 'i':
      return { ...letters, italic: isOn }
    case 'ulnone':
      return { ...letters, underline: false }
    case 'strike':
    case 'striked':
      return { ...letters, strike: isOn }
    case 'v':
      return { ...letters, hidden: isOn }
    case 'caps':
      return { ...letters, capitals: isOn ? 'caps' : undefined }
    case 'scaps':
      return { ...letters, capitals: isOn ? 'smallCaps' : undefined }
    case 'super':
      return { ...letters, position: isOn ? 'superscript' : undefined }
    case 'sub':
      return { ...letters, position: isOn ? 'subscript' : undefined }
    case 'nosupersub':
      return { ...letters, position: undefined }
    case 'up':
      return { ...letters, rise: parameter ?? 6 }
    case 'dn':
      return { ...letters, rise: -(parameter ?? 6) }
    case 'expndtw':
      return { ...letters, spacing: value }
    case 'charscalex':
      return { ...letters, scale: parameter ?? 100 }
    case 'cf':
      return { ...letters, colour: value }
    case 'highlight':
    case 'cb':
    case 'chcbpat':
      return { ...letters, ground: value }
    default:
      return /^ul(?:d|db|w|th|wave|dash|dashd|dashdd|ldash|hwave|thd|thdash)?$/.test(word)
        ? { ...letters, underline: isOn }
        : undefined
  }
}

/** What the tables of a file say. */
export interface RtfTables {
  readonly fontName: (number: number | undefined) => string | undefined
  /** Six hexadecimal digits; undefined for that of the window. */
  readonly colour: (number: number) => string | undefined
}

/** A property that is set or not. */
export function writeFlag(name: string, isSet: boolean): Element | undefined {
  return isSet ? makeElement(name) : undefined
}

/** Writes letters as Word has them. */
export function writeRtfLetters(letters: RtfLetters, { fontName, colour }: RtfTables): Element {
  const font = fontName(letters.font)
  const ground = letters.ground === 0 ? undefined : colour(letters.ground)
  return makeElement('rPr', {}, [
    font === undefined ? undefined : makeElement('rFonts', { ascii: font, hAnsi: font }),
    writeFlag('b', letters.bold),
    writeFlag('i', letters.italic),
    writeFlag('strike', letters.strike),
    writeFlag('vanish', letters.hidden),
    letters.capitals === undefined ? undefined : makeElement(letters.capitals),
    makeElement('color', { val: colour(letters.colour) ?? 'auto' }),
    makeElement('sz', { val: String(letters.size) }),
    makeElement('u', { val: letters.underline ? 'single' : 'none' }),
    ground === undefined ? undefined : makeElement('shd', { val: 'clear', fill: ground }),
    letters.position === undefined
      ? undefined
      : makeElement('vertAlign', { val: letters.position }),
    letters.rise === 0 ? undefined : makeElement('position', { val: String(letters.rise) }),
    letters.spacing === 0 ? undefined : makeElement('spacing', { val: String(letters.spacing) }),
    letters.scale === 100 ? undefined : makeElement('w', { val: String(letters.scale) }),
  ])
}

/** A line at a side of something; its width is in twentieths of a point. */
export interface RtfBorder {
  readonly kind: string
  readonly width: number
  readonly colour: number
}

/** Kinds of lines, by their control words. */
const BORDERS: ReadonlyMap<string, string> = new Map([
  ['brdrs', 'single'],
  ['brdrth', 'single'],
  ['brdrdb', 'double'],
  ['brdrdot', 'dotted'],
  ['brdrdash', 'dashed'],
  ['brdrdashsm', 'dashed'],
  ['brdrhair', 'single'],
  ['brdrtriple', 'double'],
  ['brdrnone', 'nil'],
  ['brdrnil', 'nil'],
  ['brdrtbl', 'nil'],
])

/** What a control word changes of a border; undefined for one that is about something else. */
export function changeBorder(
  border: RtfBorder | undefined,
  word: string,
  parameter = 0,
): RtfBorder | undefined {
  const known = border ?? { kind: 'single', width: 10, colour: 0 }
  const kind = BORDERS.get(word)
  if (kind !== undefined) return { ...known, kind }
  if (word === 'brdrw') return { ...known, width: parameter }
  return word === 'brdrcf' ? { ...known, colour: parameter } : undefined
}

/** Writes borders as Word has them. */
export function writeRtfBorders(
  name: string,
  borders: ReadonlyMap<string, RtfBorder>,
  { colour }: RtfTables,
): Element | undefined {
  if (borders.size === 0) return undefined
  return makeElement(
    name,
    {},
    Array.from(borders, ([side, border]) =>
      makeElement(side, {
        val: border.kind,
        sz: String(Math.max(2, Math.round((border.width / 20) * 8))),
        color: colour(border.colour),
        space: '1',
      }),
    ),
  )
}
