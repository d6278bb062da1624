import type { PathStep } from '../../drawing/page.ts'
import { rectangle } from '../../drawing/shapes.ts'

/** A part of a shape. */
export interface ShapePath {
  readonly steps: readonly PathStep[]
  /** How it is filled: not at all, as the shape is, or with more of white or of black in it, from -1 to 1. */
  readonly fill: number | 'none'
  readonly isStroked: boolean
}

/** The outline of a shape in its own box, and the box of its text. */
export interface Geometry {
  readonly paths: readonly ShapePath[]
  readonly text: {
    readonly left: number
    readonly top: number
    readonly right: number
    readonly bottom: number
  }
}

/** The shape of a box without anything of its own. */
export function boxGeometry(width: number, height: number): Geometry {
  return {
    paths: [{ steps: rectangle({ x: 0, y: 0, width, height }).steps, fill: 0, isStroked: true }],
    text: { left: 0, top: 0, right: width, bottom: height },
  }
}

/**
 * The curves of an arc.
 *
 * @param from - where it begins
 * @param start - the direction from the middle in which that is, in degrees clockwise from the right
 * @param sweep - how far it goes, in degrees clockwise
 */
export function arcSteps(
  from: { readonly x: number; readonly y: number },
  radius: { readonly x: number; readonly y: number },
  start: number,
  sweep: number,
): PathStep[] {
  const most = Math.max(-360, Math.min(360, sweep))
  const begin = toParameter(start, radius)
  // Whole turns have the same direction again.
  const end = begin + spanOf(start, most, radius)
  const middle = { x: from.x - radius.x * Math.cos(begin), y: from.y - radius.y * Math.sin(begin) }
  const count = Math.max(1, Math.ceil(Math.abs(end - begin) / (Math.PI / 2)))
  const step = (end - begin) / count
  const reach = (4 / 3) * Math.tan(step / 4)
  const at = (angle: number): readonly [number, number] => [
    middle.x + radius.x * Math.cos(angle),
    middle.y + radius.y * Math.sin(angle),
  ]
  const along = (angle: number): readonly [number, number] => [
    -radius.x * Math.sin(angle) * reach,
    radius.y * Math.cos(angle) * reach,
  ]
  return Array.from({ length: count }, (_, index): PathStep => {
    const [one, two] = [begin + index * step, begin + (index + 1) * step]
    const [x0, y0] = at(one)
    const [x3, y3] = at(two)
    const [dx0, dy0] = along(one)
    const [dx3, dy3] = along(two)
    return ['C', x0 + dx0, y0 + dy0, x3 - dx3, y3 - dy3, x3, y3]
  })
}

/** The parameter of an ellipse at a direction from its middle. */
function toParameter(
  degrees: number,
  { x, y }: { readonly x: number; readonly y: number },
): number {
  const radians = (degrees * Math.PI) / 180
  return Math.atan2(Math.sin(radians) * x, Math.cos(radians) * y)
}

function spanOf(
  start: number,
  sweep: number,
  radius: { readonly x: number; readonly y: number },
): number {
  if (Math.abs(sweep) >= 360) return Math.sign(sweep) * 2 * Math.PI
  const span = toParameter(start + sweep, radius) - toParameter(start, radius)
  const turn = 2 * Math.PI
  if (sweep > 0 && span <= 0) return span + turn
  return sweep < 0 && span >= 0 ? span - turn : span
}
