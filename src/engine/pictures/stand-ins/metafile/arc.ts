import type { Point } from './matrix.ts'

/** A rectangle by two of its corners. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Curves of a path, as the points of cubic Béziers after the first. */
export interface Curve {
  readonly start: Point
  /** Three points for each piece. */
  readonly points: readonly Point[]
}

/** A part of an ellipse, from one angle to another in radians, as Béziers of a quarter at most. */
export function arcBetween(box: Box, from: number, sweep: number): Curve {
  const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
  const radius = { x: (box.right - box.left) / 2, y: (box.bottom - box.top) / 2 }
  const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9))
  const step = sweep / pieces
  const handle = (4 / 3) * Math.tan(step / 4)
  const at = (angle: number, along = 0): Point => ({
    x: centre.x + radius.x * (Math.cos(angle) - along * Math.sin(angle)),
    y: centre.y + radius.y * (Math.sin(angle) + along * Math.cos(angle)),
  })
  const points = Array.from({ length: pieces }, (_, index) => {
    const begin = from + index * step
    return [at(begin, handle), at(begin + step, -handle), at(begin + step)]
  }).flat()
  return { start: at(from), points }
}

/**
 * The part of an ellipse between the directions of two points, against the clock unless told otherwise.
 */
export function arcOf(
  box: Box,
  [first, last]: readonly [Point, Point],
  isClockwise: boolean,
): Curve {
  const centre = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 }
  const radius = { x: (box.right - box.left) / 2 || 1, y: (box.bottom - box.top) / 2 || 1 }
  const angleOf = ({ x, y }: Point): number =>
    Math.atan2((y - centre.y) / radius.y, (x - centre.x) / radius.x)
  const from = angleOf(first)
  const full = 2 * Math.PI
  // y grows downwards, so that angles grow with the clock.
  const turn = (((angleOf(last) - from) % full) + full) % full
  const sweep = isClockwise ? turn || full : turn === 0 ? -full : turn - full
  return arcBetween(box, from, sweep)
}
