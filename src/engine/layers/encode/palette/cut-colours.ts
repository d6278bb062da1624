import type { ColourPoints } from './colour-points.ts'

/** Points that lie together: a range of their order, and how far they are spread. */
interface Box {
  readonly start: number
  readonly end: number
  readonly mean: readonly number[]
  /** The component in which they are spread most, and how much all of them are, by the number of their pixels. */
  readonly widest: number
  readonly spread: number
}

/**
 * Cuts the colours of a picture into boxes, always the one whose colours are furthest from its mean, and across where they
 * are spread most.
 *
 * @returns the mean of each box, four components one behind the other; fewer than `most` when there are no more colours
 */
export function cutColours(points: ColourPoints, most: number): Float64Array {
  const order = Uint32Array.from(points.weights, (_, index) => index)
  const boxes = order.length === 0 || most < 1 ? [] : [boxOf(points, order, 0, order.length)]
  while (boxes.length < most) {
    const worst = boxes.reduce(
      (found, box, index) => (box.spread > (boxes[found]?.spread ?? 0) ? index : found),
      0,
    )
    const box = boxes[worst]
    if (box === undefined || box.spread <= 0 || box.end - box.start < 2) break
    const middle = partition(points, order, box)
    boxes[worst] = boxOf(points, order, box.start, middle)
    boxes.push(boxOf(points, order, middle, box.end))
  }
  return Float64Array.from(boxes.flatMap(({ mean }) => mean))
}

function boxOf(
  { components, weights }: ColourPoints,
  order: Uint32Array,
  start: number,
  end: number,
): Box {
  const sums = [0, 0, 0, 0]
  const squares = [0, 0, 0, 0]
  let total = 0
  for (let at = start; at < end; at += 1) {
    const point = order[at] ?? 0
    const weight = weights[point] ?? 0
    total += weight
    for (let part = 0; part < 4; part += 1) {
      const value = components[point * 4 + part] ?? 0
      sums[part] = (sums[part] ?? 0) + value * weight
      squares[part] = (squares[part] ?? 0) + value * value * weight
    }
  }
  const mean = sums.map((sum) => sum / total)
  // Rounding can make nothing a little more than that.
  const spreads = squares.map((square, part) => {
    const spread = square - (sums[part] ?? 0) * (mean[part] ?? 0)
    return spread > total * 1e-6 ? spread : 0
  })
  const widest = spreads.indexOf(Math.max(...spreads))
  return { start, end, mean, widest, spread: spreads.reduce((sum, each) => sum + each, 0) }
}

/** Brings what is below the mean to the front; both sides get something, since the points are not all one. */
function partition({ components }: ColourPoints, order: Uint32Array, box: Box): number {
  const border = box.mean[box.widest] ?? 0
  let middle = box.start
  for (let at = box.start; at < box.end; at += 1) {
    const point = order[at] ?? 0
    if ((components[point * 4 + box.widest] ?? 0) >= border) continue
    order[at] = order[middle] ?? 0
    order[middle] = point
    middle += 1
  }
  return Math.min(Math.max(middle, box.start + 1), box.end - 1)
}
