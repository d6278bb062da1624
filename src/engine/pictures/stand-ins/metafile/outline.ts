import type { Box, Curve } from './arc.ts'
import { arcBetween } from './arc.ts'
import type { Point } from './matrix.ts'

/** A step of an outline, as a path of SVG has it: go there, a line, a curve, and back to where it began. */
export type Segment =
  | { readonly step: 'M' | 'L' | 'C'; readonly points: readonly Point[] }
  | { readonly step: 'Z' }

const CLOSED: Segment = { step: 'Z' }

/** Lines from one point to the next. */
export function lines([first, ...others]: readonly Point[], isClosed: boolean): Segment[] {
  if (first === undefined) return []
  return [
    { step: 'M', points: [first] },
    ...(others.length > 0 ? [{ step: 'L', points: others } as const] : []),
    ...(isClosed ? [CLOSED] : []),
  ]
}

/** Curves of three points each, behind a point where they begin. */
export function beziers([first, ...others]: readonly Point[]): Segment[] {
  if (first === undefined) return []
  const whole = others.length - (others.length % 3)
  return [
    { step: 'M', points: [first] },
    { step: 'C', points: others.slice(0, whole) },
  ]
}

/** A part of an ellipse; closed by a line, or by two by way of a point. */
export function arc({ start, points }: Curve, closing?: { readonly through?: Point }): Segment[] {
  return [
    { step: 'M', points: [start] },
    { step: 'C', points },
    ...(closing?.through ? [{ step: 'L', points: [closing.through] } as const] : []),
    ...(closing ? [CLOSED] : []),
  ]
}

/** The four sides of a rectangle. */
export function rectangle({ left, top, right, bottom }: Box): Segment[] {
  return lines(
    [
      { x: left, y: top },
      { x: right, y: top },
      { x: right, y: bottom },
      { x: left, y: bottom },
    ],
    true,
  )
}

/** All of an ellipse. */
export function ellipse(box: Box): Segment[] {
  return arc(arcBetween(box, 0, 2 * Math.PI), {})
}

/** A rectangle whose corners are quarters of an ellipse of a width and a height. */
export function roundedRectangle(box: Box, width: number, height: number): Segment[] {
  const [left, right] = [Math.min(box.left, box.right), Math.max(box.left, box.right)]
  const [top, bottom] = [Math.min(box.top, box.bottom), Math.max(box.top, box.bottom)]
  const w = Math.min(Math.abs(width), right - left)
  const h = Math.min(Math.abs(height), bottom - top)
  const corners = [
    { left: right - w, top, right, bottom: top + h, from: -Math.PI / 2 },
    { left: right - w, top: bottom - h, right, bottom, from: 0 },
    { left, top: bottom - h, right: left + w, bottom, from: Math.PI / 2 },
    { left, top, right: left + w, bottom: top + h, from: Math.PI },
  ].map(({ from, ...corner }) => arcBetween(corner, from, Math.PI / 2))
  return [
    ...corners.flatMap(({ start, points }, index): Segment[] => [
      { step: index === 0 ? 'M' : 'L', points: [start] },
      { step: 'C', points },
    ]),
    CLOSED,
  ]
}

/** Has each point of an outline go somewhere else. */
export function mapOutline(
  segments: readonly Segment[],
  move: (point: Point) => Point,
): readonly Segment[] {
  return segments.map((segment) =>
    segment.step === 'Z' ? segment : { step: segment.step, points: segment.points.map(move) },
  )
}
