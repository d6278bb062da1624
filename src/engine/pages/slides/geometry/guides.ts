/** English metric units a point, which the formulas of shapes are in. */
export const GUIDE_UNIT = 12_700

/** Angles in sixty-thousandths of a degree. */
const DEGREE = 60_000
const RADIAN = (180 * DEGREE) / Math.PI

/** A named length or angle of a shape, and the words of the formula that it has. */
export type Guide = readonly [name: string, formula: string]

/** Tells what a word stands for: a number, or a guide. */
export type Lookup = (word: string) => number

/** Works out guides in their order (ECMA-376, part 1, 20.1.9.11), beside those that each shape of a size has. */
export function createLookup(
  width: number,
  height: number,
): {
  readonly lookup: Lookup
  readonly define: (guide: Guide) => void
} {
  const values = new Map(presetGuides(width, height))
  const lookup: Lookup = (word) => {
    const value = values.get(word) ?? Number(word)
    return Number.isFinite(value) ? value : 0
  }
  return {
    lookup,
    define([name, formula]) {
      const [operator = '', ...words] = formula.trim().split(/\s+/)
      const value = work(operator, words.map(lookup))
      values.set(name, Number.isFinite(value) ? value : 0)
    },
  }
}

function work(operator: string, [x = 0, y = 0, z = 0]: readonly number[]): number {
  switch (operator) {
    case 'val':
      return x
    case '*/':
      return (x * y) / z
    case '+-':
      return x + y - z
    case '+/':
      return (x + y) / z
    case '?:':
      return x > 0 ? y : z
    case 'abs':
      return Math.abs(x)
    case 'at2':
      return Math.atan2(y, x) * RADIAN
    case 'cat2':
      return x * Math.cos(Math.atan2(z, y))
    case 'sat2':
      return x * Math.sin(Math.atan2(z, y))
    case 'cos':
      return x * Math.cos(y / RADIAN)
    case 'sin':
      return x * Math.sin(y / RADIAN)
    case 'tan':
      return x * Math.tan(y / RADIAN)
    case 'max':
      return Math.max(x, y)
    case 'min':
      return Math.min(x, y)
    case 'mod':
      return Math.hypot(x, y, z)
    case 'pin':
      return Math.max(x, Math.min(y, z))
    case 'sqrt':
      return Math.sqrt(x)
    default:
      return 0
  }
}

function presetGuides(width: number, height: number): (readonly [string, number])[] {
  const [w, h] = [width * GUIDE_UNIT, height * GUIDE_UNIT]
  const shorter = Math.min(w, h)
  const parts = [2, 3, 4, 5, 6, 8, 10, 12, 16, 32]
  return [
    ['w', w],
    ['h', h],
    ['l', 0],
    ['t', 0],
    ['r', w],
    ['b', h],
    ['hc', w / 2],
    ['vc', h / 2],
    ['ss', shorter],
    ['ls', Math.max(w, h)],
    ...parts.flatMap((part) => [
      [`wd${part}`, w / part] as const,
      [`hd${part}`, h / part] as const,
      [`ssd${part}`, shorter / part] as const,
    ]),
    ['cd2', 180 * DEGREE],
    ['cd4', 90 * DEGREE],
    ['cd8', 45 * DEGREE],
    ['3cd4', 270 * DEGREE],
    ['3cd8', 135 * DEGREE],
    ['5cd8', 225 * DEGREE],
    ['7cd8', 315 * DEGREE],
  ]
}
