import { attributeOf, type Element } from '../element.ts'

/** English metric units a point. */
const EMU = 12_700

/** The longest length that is believed, in points: a slide has 4,032 at the most. */
const LONGEST = 100_000

/** Points a unit that is written behind a number (ECMA-376, part 1, 22.9.2.15). */
const UNITS: Readonly<Record<string, number>> = {
  mm: 72 / 25.4,
  cm: 72 / 2.54,
  in: 72,
  pt: 1,
  pc: 12,
  pi: 12,
}

/** A length in points, of a number of English metric units or one with its unit; undefined when it is none. */
export function toPoints(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const [, number, unit] = /^\s*([-+]?\d*\.?\d+(?:e[-+]?\d+)?)\s*([a-z]{2})?\s*$/i.exec(value) ?? []
  if (number === undefined) return undefined
  const points = Number(number) * (unit === undefined ? 1 / EMU : (UNITS[unit] ?? Number.NaN))
  return Number.isFinite(points) ? Math.min(LONGEST, Math.max(-LONGEST, points)) : undefined
}

/** A share of 1, of thousandths of a percent or of percents with their sign; undefined when it is none. */
function toShare(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const number = Number.parseFloat(value)
  if (!Number.isFinite(number)) return undefined
  return value.trim().endsWith('%') ? number / 100 : number / 100_000
}

/** An angle in degrees clockwise, of sixty-thousandths of one. */
export function toDegrees(value: string | undefined): number {
  const number = Number.parseFloat(value ?? '0')
  return Number.isFinite(number) ? (number / 60_000) % 360 : 0
}

/** Whether a value says yes; undefined when it says nothing. */
function toFlag(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : ['1', 'true', 'on'].includes(value)
}

/** The length that an attribute has, in points. */
export function pointsOf(element: Element | undefined, name: string): number | undefined {
  return toPoints(attributeOf(element, name))
}

/** The share that an attribute has. */
export function shareOf(element: Element | undefined, name: string): number | undefined {
  return toShare(attributeOf(element, name))
}

/** The angle that an attribute has, in degrees clockwise; 0 without one. */
export function degreesOf(element: Element | undefined, name: string): number {
  return toDegrees(attributeOf(element, name))
}

/** Whether an attribute says yes; undefined without one. */
export function flagOf(element: Element | undefined, name: string): boolean | undefined {
  return toFlag(attributeOf(element, name))
}

/** The number that an attribute has; undefined when it has none. */
export function numberOf(element: Element | undefined, name: string): number | undefined {
  const value = attributeOf(element, name)
  if (value === undefined || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}
