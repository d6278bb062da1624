import type { LetterColour } from '../../typesetting/text-content.ts'
import { attributeOf, type Element } from '../element.ts'

/** As lengths are written: in twentieths, halves and eighths of a point, and English metric units. */
const TWIPS = 20
const HALVES = 2
const EIGHTHS = 8
const EMU = 12_700

/** Longer than anything in a document, in points. */
const LONGEST = 10_000

/** The length of an attribute in twentieths of a point, or with its unit, in points. */
export function twipsOf(element: Element | undefined, name: string): number | undefined {
  const value = attributeOf(element, name)
  const [, number, unit] = /^(-?[\d.]+)(mm|cm|in|pt|pc|pi)$/.exec(value?.trim() ?? '') ?? []
  if (number !== undefined) return limited(Number(number) * (UNITS.get(unit ?? '') ?? 1))
  return inParts(value, TWIPS)
}

/** Points a unit (ECMA-376, part 1, 22.9.2.15). */
const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({
    mm: 72 / 25.4,
    cm: 72 / 2.54,
    in: 72,
    pt: 1,
    pc: 12,
    pi: 12,
  }),
)

/** That of an attribute in halves of a point, in points. */
export function halvesOf(element: Element | undefined, name: string): number | undefined {
  return inParts(attributeOf(element, name), HALVES)
}

/** That of an attribute in eighths of a point, in points. */
export function eighthsOf(element: Element | undefined, name: string): number | undefined {
  return inParts(attributeOf(element, name), EIGHTHS)
}

/** That of an attribute in English metric units, in points. */
export function emuOf(element: Element | undefined, name: string): number | undefined {
  return inParts(attributeOf(element, name), EMU)
}

/** That of a text in English metric units, in points. */
export function emuIn(text: string | undefined): number | undefined {
  return inParts(text, EMU)
}

/** The number that an attribute is; undefined when it is none. */
export function numberOf(element: Element | undefined, name: string): number | undefined {
  return inParts(attributeOf(element, name), 1, Number.MAX_SAFE_INTEGER)
}

function inParts(value: string | undefined, parts: number, most = LONGEST): number | undefined {
  if (value === undefined || value.trim() === '') return undefined
  const number = Number(value) / parts
  return Number.isFinite(number) ? limited(number, most) : undefined
}

function limited(value: number, most = LONGEST): number {
  return Math.min(most, Math.max(-most, value))
}

/** The colour that an attribute is as six hexadecimal digits; undefined for `auto` and anything else. */
export function colourOf(element: Element | undefined, name: string): LetterColour | undefined {
  return hexColour(attributeOf(element, name) ?? '')
}

/** A colour of six hexadecimal digits. */
export function hexColour(digits: string): LetterColour | undefined {
  if (!/^[\da-f]{6}$/i.test(digits)) return undefined
  const [red = 0, green = 0, blue = 0] = Buffer.from(digits, 'hex')
  return { red, green, blue, alpha: 255 }
}
