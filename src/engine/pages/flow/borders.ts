import type { PageMark } from '../drawing/page.ts'
import { type Box, line } from '../drawing/shapes.ts'
import type { Border, Borders } from './blocks.ts'

/** Draws the borders of a box, on its edges. */
export function drawBorders(box: Box, { left, top, right, bottom }: Borders): PageMark[] {
  const [x, y, endX, endY] = [box.x, box.y, box.x + box.width, box.y + box.height]
  return [
    ...(top ? drawBorder([x, y], [endX, y], top) : []),
    ...(bottom ? drawBorder([x, endY], [endX, endY], bottom) : []),
    ...(left ? drawBorder([x, y], [x, endY], left) : []),
    ...(right ? drawBorder([endX, y], [endX, endY], right) : []),
  ]
}

type Point = readonly [x: number, y: number]

function drawBorder(from: Point, to: Point, { colour, width, style }: Border): PageMark[] {
  const dash = { dashed: [width * 4, width * 3], dotted: [width, width] }
  const stroke = {
    colour,
    width,
    dash: style === 'dashed' || style === 'dotted' ? dash[style] : [],
  }
  if (style !== 'double') return [line(from, to, { ...stroke, cap: 'square' })]
  const isAcross = from[1] === to[1]
  return [-width, width].map((away) => {
    const moved = ([x, y]: Point): Point => (isAcross ? [x, y + away] : [x + away, y])
    return line(moved(from), moved(to), stroke)
  })
}
