import { attributeOf, type Element } from '../element.ts'

/** Points a unit (OpenDocument 1.3, part 3, 18.3.18). */
const UNITS: ReadonlyMap<string, number> = new Map(
  Object.entries<number>({
    mm: 72 / 25.4,
    cm: 72 / 2.54,
    in: 72,
    inch: 72,
    pt: 1,
    pc: 12,
    px: 0.75,
    em: 12,
  }),
)

/** Longer than anything in a document, in points. */
const LONGEST = 20_000

/** A length in points; undefined when it is none. */
export function toPoints(value: string | undefined): number | undefined {
  const [, number, unit = ''] =
    /^\s*([-+]?(?:\d+\.?\d*|\.\d+))\s*([a-z]*)\s*$/i.exec(value ?? '') ?? []
  const scale = unit === '' ? 1 : UNITS.get(unit.toLowerCase())
  if (number === undefined || scale === undefined) return undefined
  // Only nothing is a length without a unit.
  if (unit === '' && Number(number) !== 0) return undefined
  return Math.min(LONGEST, Math.max(-LONGEST, Number(number) * scale))
}

/** A share of 1, of percents; undefined when it is none. */
export function toShare(value: string | undefined): number | undefined {
  const [, number] = /^\s*(-?[\d.]+)\s*%\s*$/.exec(value ?? '') ?? []
  const share = number === undefined ? Number.NaN : Number(number) / 100
  return Number.isFinite(share) ? share : undefined
}

/** Six hexadecimal digits of a colour; undefined when it is none, or `transparent`. */
export function toHex(value: string | undefined): string | undefined {
  return /^\s*#([\da-f]{6})\s*$/i.exec(value ?? '')?.[1]?.toUpperCase()
}

/** A number; undefined when it is none. */
export function toNumber(value: string | undefined): number | undefined {
  const number = value === undefined || value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : undefined
}

/** The length that an attribute has, in points. */
export function lengthOf(element: Element | undefined, name: string): number | undefined {
  return toPoints(attributeOf(element, name))
}

/** Points as Word writes them: in twentieths. */
export function twips(points: number): string {
  return String(Math.round(points * 20))
}

/** Points in English metric units, as drawings have them. */
export function emu(points: number): string {
  return String(Math.round(points * 12_700))
}
