/** A path whose parts are closed: pieces with their points, as of SVG, in pixels downwards. */
export type PixelPath = readonly {
  readonly letter: 'M' | 'L' | 'Q' | 'C'
  readonly points: readonly number[]
}[]

/** How far curves may be from the lines that they are drawn as, in pixels. */
const FLATNESS = 0.1

const MOST_LINES = 200

/**
 * How much of each pixel of a box a path covers: exactly the area of it, added up row by row of what each of its lines leaves
 * to its right. Parts that overlap in one direction count once, and those of the other are holes.
 *
 * @param path - in pixels of the box; what is outside of it is not seen
 * @returns a row of `width` + 2 numbers from 0 to 1 for each of `height`
 */
export function coverage(path: PixelPath, width: number, height: number): Float32Array {
  const sums = new Lines(width, height)
  let [startX, startY, x, y] = [0, 0, 0, 0]
  for (const { letter, points } of path) {
    const [endX = 0, endY = 0] = points.slice(-2)
    if (letter === 'M') {
      sums.add(x, y, startX, startY)
      ;[startX, startY] = [endX, endY]
    } else if (letter === 'L') sums.add(x, y, endX, endY)
    else sums.addCurve([x, y, ...points])
    ;[x, y] = [endX, endY]
  }
  sums.add(x, y, startX, startY)
  return sums.finish()
}

class Lines {
  readonly #width: number
  readonly #height: number
  readonly #stride: number
  readonly #sums: Float32Array

  constructor(width: number, height: number) {
    this.#width = width
    this.#height = height
    this.#stride = width + 2
    this.#sums = new Float32Array(this.#stride * height)
  }

  /** A curve of two or of one control point, as lines. */
  addCurve(points: readonly number[]): void {
    const bend = bendOf(points)
    const count = Math.min(MOST_LINES, Math.max(1, Math.ceil(Math.sqrt(bend / FLATNESS))))
    let [x = 0, y = 0] = points
    for (let step = 1; step <= count; step += 1) {
      const [nextX, nextY] = pointAt(points, step / count)
      this.add(x, y, nextX, nextY)
      ;[x, y] = [nextX, nextY]
    }
  }

  add(fromX: number, fromY: number, toX: number, toY: number): void {
    if (fromY === toY) return
    const turned = fromY > toY
    const [topX, topY, bottomX, bottomY] = turned
      ? [toX, toY, fromX, fromY]
      : [fromX, fromY, toX, toY]
    const slope = (bottomX - topX) / (bottomY - topY)
    const first = Math.max(0, Math.floor(topY))
    const last = Math.min(this.#height, Math.ceil(bottomY))
    for (let row = first; row < last; row += 1) {
      const from = Math.max(row, topY)
      const until = Math.min(row + 1, bottomY)
      const down = (until - from) * (turned ? -1 : 1)
      this.#addToRow(row, down, topX + (from - topY) * slope, topX + (until - topY) * slope)
    }
  }

  /** Adds a line within a row: what it leaves to its right in the pixels that it crosses, and all of it behind them. */
  #addToRow(row: number, down: number, fromX: number, untilX: number): void {
    const left = Math.min(Math.max(0, Math.min(fromX, untilX)), this.#width)
    const right = Math.min(Math.max(0, Math.max(fromX, untilX)), this.#width)
    const first = Math.floor(left)
    const last = Math.floor(right)
    const at = row * this.#stride
    if (first === last) {
      const share = first + 1 - (left + right) / 2
      this.#change(at + first, down * share)
      this.#change(at + first + 1, down * (1 - share))
      return
    }
    const each = down / (right - left)
    // The part of the pixel to the right of the line, from its crossing of one edge to the other.
    let before = 0
    for (let pixel = first; pixel <= last; pixel += 1) {
      const begin = Math.max(left, pixel)
      const end = Math.min(right, pixel + 1)
      const within = (end - begin) * each
      const share = within * (pixel + 1 - (begin + end) / 2)
      this.#change(at + pixel, before + share)
      before = within - share
    }
    this.#change(at + last + 1, before)
  }

  #change(at: number, by: number): void {
    this.#sums[at] = (this.#sums[at] ?? 0) + by
  }

  finish(): Float32Array {
    for (let row = 0; row < this.#height; row += 1) {
      let sum = 0
      const end = (row + 1) * this.#stride
      for (let at = row * this.#stride; at < end; at += 1) {
        sum += this.#sums[at] ?? 0
        this.#sums[at] = Math.min(1, Math.abs(sum))
      }
    }
    return this.#sums
  }
}

/** How far the control points are from the line between the ends, roughly. */
function bendOf(points: readonly number[]): number {
  const [fromX = 0, fromY = 0] = points
  const [toX = 0, toY = 0] = points.slice(-2)
  let most = 0
  for (let at = 2; at < points.length - 2; at += 2) {
    const x = (points[at] ?? 0) - (fromX + toX) / 2
    const y = (points[at + 1] ?? 0) - (fromY + toY) / 2
    most = Math.max(most, Math.abs(x) + Math.abs(y))
  }
  return most
}

/** A point of a curve, by de Casteljau. */
function pointAt(points: readonly number[], part: number): readonly [number, number] {
  let level = points
  while (level.length > 2) {
    const next: number[] = []
    for (let at = 0; at + 2 < level.length; at += 1) {
      next.push((level[at] ?? 0) + ((level[at + 2] ?? 0) - (level[at] ?? 0)) * part)
    }
    level = next
  }
  const [x = 0, y = 0] = level
  return [x, y]
}
