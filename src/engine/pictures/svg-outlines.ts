import type { Element } from 'domhandler'
import type { Point } from '../../base/affine.ts'
import { readPolygon, readSvgPath, type Step } from '../pages/odf/drawing/svg-path.ts'
import { localName } from './svg-document.ts'

/** Lines that are so many to a curve come near enough to it. */
const LINES = 24

/** How far the handles of a quarter of a circle are from its ends, in parts of its radius. */
const HANDLE = 0.552_284_75

/** A line from point to point; whether it returns to its first is told by its last. */
export type Outline = readonly Point[]

/** A length that an element tells by an attribute or a property, in pixels; undefined when it tells none. */
export type LengthOf = (name: string) => number | undefined

/**
 * The outlines of a shape, as lines.
 *
 * @param lengthOf - of the shape
 * @param path - what it tells of its path, when it is one
 * @returns undefined when it is no shape
 */
export function outlinesOf(
  element: Element,
  lengthOf: LengthOf,
  path = element.attribs['d'] ?? '',
): readonly Outline[] | undefined {
  const length = (name: string): number => lengthOf(name) ?? 0
  switch (localName(element)) {
    case 'path':
      return toLines(readSvgPath(path))
    case 'polygon':
    case 'polyline': {
      const isClosed = localName(element) === 'polygon'
      return toLines(readPolygon(element.attribs['points'] ?? '', isClosed))
    }
    case 'line':
      return [
        [
          [length('x1'), length('y1')],
          [length('x2'), length('y2')],
        ],
      ]
    case 'circle':
      return toLines(roundSteps([length('cx'), length('cy')], [length('r'), length('r')]))
    case 'ellipse': {
      const [rx, ry] = [lengthOf('rx'), lengthOf('ry')]
      return toLines(roundSteps([length('cx'), length('cy')], [rx ?? ry ?? 0, ry ?? rx ?? 0]))
    }
    case 'rect':
    case 'image': {
      const [x, y, width, height] = [length('x'), length('y'), length('width'), length('height')]
      const [rx, ry] = [lengthOf('rx'), lengthOf('ry')]
      const radii = [
        Math.min(rx ?? ry ?? 0, width / 2),
        Math.min(ry ?? rx ?? 0, height / 2),
      ] as const
      return toLines(rectangleSteps({ x, y, width, height }, radii))
    }
    default:
      return undefined
  }
}

/** A rectangle in the units of a drawing. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The box around outlines; undefined when there is no point in them. */
export function boxAround(outlines: readonly Outline[]): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const outline of outlines) {
    for (const [x, y] of outline) {
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x)
      bottom = Math.max(bottom, y)
    }
  }
  if (right < left) return undefined
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** How long outlines are together. */
export function lengthAlong(outlines: readonly Outline[]): number {
  let length = 0
  for (const outline of outlines) {
    for (const [index, [x, y]] of outline.entries()) {
      const [fromX, fromY] = outline[index - 1] ?? [x, y]
      length += Math.hypot(x - fromX, y - fromY)
    }
  }
  return length
}

/** An ellipse, from its right with the clock. */
function roundSteps([x, y]: Point, [rx, ry]: Point): readonly Step[] {
  const quarters: readonly (readonly [Point, Point])[] = [
    [
      [1, 0],
      [0, 1],
    ],
    [
      [0, 1],
      [-1, 0],
    ],
    [
      [-1, 0],
      [0, -1],
    ],
    [
      [0, -1],
      [1, 0],
    ],
  ]
  const at = (across: number, down: number): Point => [x + across * rx, y + down * ry]
  return [
    ['M', at(1, 0)],
    ...quarters.map(([from, to]): Step => {
      const pull = (one: Point, other: Point): Point =>
        at(one[0] + HANDLE * other[0], one[1] + HANDLE * other[1])
      return ['C', pull(from, to), pull(to, from), at(...to)]
    }),
    ['Z'],
  ]
}

/** A rectangle, from its top left with the clock, with corners that may be round. */
function rectangleSteps({ x, y, width, height }: Box, [rx, ry]: Point): readonly Step[] {
  const [right, bottom] = [x + width, y + height]
  const [inX, inY] = [rx * (1 - HANDLE), ry * (1 - HANDLE)]
  return [
    ['M', [x + rx, y]],
    ['L', [right - rx, y]],
    ['C', [right - inX, y], [right, y + inY], [right, y + ry]],
    ['L', [right, bottom - ry]],
    ['C', [right, bottom - inY], [right - inX, bottom], [right - rx, bottom]],
    ['L', [x + rx, bottom]],
    ['C', [x + inX, bottom], [x, bottom - inY], [x, bottom - ry]],
    ['L', [x, y + ry]],
    ['C', [x, y + inY], [x + inX, y], [x + rx, y]],
    ['Z'],
  ]
}

/** Steps of a path as lines, each from one move to the next. */
export function toLines(steps: readonly Step[]): readonly Outline[] {
  const outlines: Point[][] = []
  let outline: Point[] = []
  const begin = (at: Point): void => {
    outline = [at]
    outlines.push(outline)
  }
  for (const step of steps) {
    const [kind, ...points] = step
    const from = outline.at(-1)
    if (kind === 'M' || from === undefined) {
      const [at] = points
      if (at !== undefined) begin(at)
    } else if (kind === 'L') {
      outline.push(step[1])
    } else if (kind === 'C') {
      for (let index = 1; index <= LINES; index += 1)
        outline.push(onCurve([from, step[1], step[2], step[3]], index / LINES))
    } else {
      const [first = from] = outline
      outline.push(first)
      begin(first)
    }
  }
  return outlines.filter(({ length }) => length > 1)
}

function onCurve(
  [first, one, other, last]: readonly [Point, Point, Point, Point],
  share: number,
): Point {
  const rest = 1 - share
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3]
  const on = (axis: 0 | 1): number =>
    a * first[axis] + b * one[axis] + c * other[axis] + d * last[axis]
  return [on(0), on(1)]
}
