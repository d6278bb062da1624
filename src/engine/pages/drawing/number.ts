/** More than any length on a page, in points. */
const MOST = 1_000_000

/** Writes a number as PDF has it, which knows no exponents; what is none, or out of all bounds, is written as what is near. */
export function toNumber(value: number): string {
  if (Number.isNaN(value)) return '0'
  const near = Math.min(MOST, Math.max(-MOST, value))
  return near
    .toFixed(3)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0')
}

/** Writes numbers with blanks between them. */
export function toNumbers(values: readonly number[]): string {
  return values.map(toNumber).join(' ')
}
