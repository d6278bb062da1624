import { type Matrix, multiply, type Point } from '../../base/affine.ts'
import { readCssNumber } from './css-number.ts'
import { toSignedPixels } from './svg-lengths.ts'

/** What leaves places where they are. */
export const NOWHERE: Matrix = [1, 0, 0, 1, 0, 0]

/** What puts places so far away. */
export function translation(x: number, y: number): Matrix {
  return [1, 0, 0, 1, x, y]
}

/** What turns places around the origin, in degrees with the clock. */
export function rotation(degrees: number): Matrix {
  const angle = (degrees * Math.PI) / 180
  return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]
}

/** How a function of `transform` reads its arguments: lengths in pixels, angles in degrees, and plain numbers; per cent are of the box. */
type ToMatrix = (argument: {
  readonly length: (index: number, axis: 0 | 1) => number | undefined
  readonly number: (index: number) => number | undefined
  readonly count: number
}) => Matrix | undefined

function slant(x: number, y: number): Matrix {
  return [1, tangent(y), tangent(x), 1, 0, 0]
}

function tangent(degrees: number): number {
  return Math.tan((degrees * Math.PI) / 180)
}

/** The functions of two dimensions (CSS Transforms 1, section 11, and SVG 2 for the second and third argument of `rotate`). */
const FUNCTIONS: Readonly<Record<string, ToMatrix>> = {
  translate: ({ length, count }) => of(length(0, 0), count > 1 ? length(1, 1) : 0, translation),
  translatex: ({ length }) => of(length(0, 0), 0, translation),
  translatey: ({ length }) => of(0, length(0, 1), translation),
  translate3d: ({ length }) => of(length(0, 0), length(1, 1), translation),
  scale: ({ number, count }) => of(number(0), number(count > 1 ? 1 : 0), scaling),
  scalex: ({ number }) => of(number(0), 1, scaling),
  scaley: ({ number }) => of(1, number(0), scaling),
  scale3d: ({ number }) => of(number(0), number(1), scaling),
  rotate: ({ number, length, count }) => {
    const degrees = number(0)
    if (degrees === undefined || count === 2) return undefined
    if (count === 1) return rotation(degrees)
    const [x, y] = [length(1, 0), length(2, 1)]
    if (x === undefined || y === undefined) return undefined
    return around([x, y], rotation(degrees))
  },
  rotatez: ({ number }) => of(number(0), 0, rotation),
  skew: ({ number, count }) => of(number(0), count > 1 ? number(1) : 0, slant),
  skewx: ({ number }) => of(number(0), 0, slant),
  skewy: ({ number }) => of(0, number(0), slant),
  matrix: ({ number }) => {
    const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(number)
    if (a === undefined || b === undefined || c === undefined) return undefined
    if (d === undefined || e === undefined || f === undefined) return undefined
    return [a, b, c, d, e, f]
  },
}

function of(
  one: number | undefined,
  other: number | undefined,
  make: (one: number, other: number) => Matrix,
): Matrix | undefined {
  return one === undefined || other === undefined ? undefined : make(one, other)
}

/** What makes places so many times as far from the origin. */
export function scaling(x: number, y: number): Matrix {
  return [x, 0, 0, y, 0, 0]
}

/** A matrix whose origin is a place. */
export function around([x, y]: Point, matrix: Matrix): Matrix {
  return multiply(multiply(translation(x, y), matrix), translation(-x, -y))
}

/**
 * Reads a list of transformations, as an attribute or CSS has it.
 *
 * @param box - how large what per cent are of is
 * @returns undefined when it is none, or one of three dimensions
 */
export function readTransform(list: string, box: Point): Matrix | undefined {
  const text = list
    .trim()
    .toLowerCase()
    // What was reckoned alone is as it is.
    .replaceAll(/calc\(\s*([^()\s]+)\s*\)/g, '$1')
  if (text === '' || text === 'none') return NOWHERE
  if (!/^(?:[a-z0-9]+\s*\([^()]*\)[\s,]*)+$/.test(text)) return undefined
  let matrix = NOWHERE
  for (const [, name = '', content = ''] of text.matchAll(/([a-z0-9]+)\s*\(([^()]*)\)/g)) {
    const words = content.match(/[^\s,]+/g) ?? []
    const next = FUNCTIONS[name]?.({
      count: words.length,
      length: (index, axis) => toSignedPixels(words[index] ?? '', box[axis]),
      number: (index) => readCssNumber((words[index] ?? '').replace(/px$/, ''), 1),
    })
    if (next === undefined) return undefined
    matrix = multiply(matrix, next)
  }
  return matrix
}

/** A matrix as an attribute has it. */
export function printMatrix(matrix: Matrix): string {
  return `matrix(${matrix.map((each) => Number(each.toFixed(6))).join(' ')})`
}
