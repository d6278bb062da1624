/** Three numbers, such as the light of red, green and blue. */
export type Vector = readonly [number, number, number]

/** Three rows of three numbers. */
export type Matrix = readonly [Vector, Vector, Vector]

/** The matrix times a vector. */
export function apply([a, b, c]: Matrix, vector: Vector): Vector {
  return [dot(a, vector), dot(b, vector), dot(c, vector)]
}

/** One matrix times another. */
export function multiply([a, b, c]: Matrix, other: Matrix): Matrix {
  const columns = transpose(other)
  return [apply(columns, a), apply(columns, b), apply(columns, c)]
}

/** Rows for columns. */
export function transpose([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  return [
    [a, d, g],
    [b, e, h],
    [c, f, i],
  ]
}

/** The matrix that multiplies each number by one of its own. */
export function diagonal([a, b, c]: Vector): Matrix {
  return [
    [a, 0, 0],
    [0, b, 0],
    [0, 0, c],
  ]
}

/** What undoes a matrix; not a number where nothing does. */
export function invert([[a, b, c], [d, e, f], [g, h, i]]: Matrix): Matrix {
  const [p, q, r] = [e * i - f * h, f * g - d * i, d * h - e * g]
  const by = 1 / (a * p + b * q + c * r)
  return [
    [by * p, by * (c * h - b * i), by * (b * f - c * e)],
    [by * q, by * (a * i - c * g), by * (c * d - a * f)],
    [by * r, by * (b * g - a * h), by * (a * e - b * d)],
  ]
}

/** How far one vector goes along another, times its length. */
export function dot([a, b, c]: Vector, [x, y, z]: Vector): number {
  return a * x + b * y + c * z
}
