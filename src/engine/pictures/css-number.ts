/** How much of a turn the units of angles are, in degrees (CSS Values 4, section 7.1). */
const DEGREES: Readonly<Record<string, number>> = {
  deg: 1,
  turn: 360,
  rad: 180 / Math.PI,
  grad: 0.9,
}

/**
 * Reads a number of CSS, a percentage of `whole`, or an angle in degrees.
 *
 * @returns undefined when it is none of these
 */
export function readCssNumber(word: string, whole: number): number | undefined {
  const [, digits, unit = ''] =
    /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(%|[a-z]+)?$/i.exec(word) ?? []
  if (digits === undefined) return undefined
  if (unit === '') return Number(digits)
  if (unit === '%') return (Number(digits) * whole) / 100
  const degrees = DEGREES[unit.toLowerCase()]
  return degrees === undefined ? undefined : Number(digits) * degrees
}
