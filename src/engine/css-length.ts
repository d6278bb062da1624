/** Pixels of one unit, by CSS Values and Units 4, section 6. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  em: 16,
}

/** The pixels of a length of CSS, such as "2.5cm"; undefined when it is relative, or none. */
export function toLengthInPixels(length: string): number | undefined {
  const [, digits, unit = ''] =
    /^\s*\+?(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(length) ?? []
  const pixels = UNITS[unit.toLowerCase()]
  return digits === undefined || pixels === undefined ? undefined : Number(digits) * pixels
}
