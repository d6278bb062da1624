import type { Path, PathMark, PathStep, Stroke } from './page.ts'

/** A rectangle in points. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The path of a rectangle. */
export function rectangle({ x, y, width, height }: Box): Path {
  return {
    steps: [
      ['M', x, y],
      ['L', x + width, y],
      ['L', x + width, y + height],
      ['L', x, y + height],
      ['Z'],
    ],
  }
}

/** How far the handles of a quarter of a circle are, in parts of its radius. */
const QUARTER = 0.5522847498

/** The path of an ellipse that fills a rectangle. */
export function ellipse({ x, y, width, height }: Box): Path {
  const [rx, ry] = [width / 2, height / 2]
  const [cx, cy] = [x + rx, y + ry]
  const [hx, hy] = [rx * QUARTER, ry * QUARTER]
  const steps: readonly PathStep[] = [
    ['M', cx + rx, cy],
    ['C', cx + rx, cy + hy, cx + hx, cy + ry, cx, cy + ry],
    ['C', cx - hx, cy + ry, cx - rx, cy + hy, cx - rx, cy],
    ['C', cx - rx, cy - hy, cx - hx, cy - ry, cx, cy - ry],
    ['C', cx + hx, cy - ry, cx + rx, cy - hy, cx + rx, cy],
    ['Z'],
  ]
  return { steps }
}

/** A straight line. */
export function line(
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
  stroke: Stroke,
): PathMark {
  return {
    kind: 'path',
    path: {
      steps: [
        ['M', fromX, fromY],
        ['L', toX, toY],
      ],
    },
    stroke,
  }
}
