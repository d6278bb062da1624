import type { Element } from '../element.ts'
import { createPathWriter, type Point } from '../odf/drawing/path-writer.ts'
import { type ShapeProperties, signed } from './shape-properties.ts'

/** The kinds of segments, in the upper three bits of each ([MS-ODRAW] 2.2.58). */
const LINE = 0
const CURVE = 1
const MOVE = 2
const CLOSE = 3
const END = 4

/** The size of the space of a shape that says nothing of it. */
const USUAL_SIZE = 21_600

/** Whether it is filled is told of the whole shape. */
const LOOK = { isFilled: true, isStroked: true }

/** More points than a shape has. */
const MOST_POINTS = 20_000

/** The outline of a shape that somebody has drawn; undefined for one without places. */
export function writeFreeForm(properties: ShapeProperties): Element | undefined {
  const points = readPoints(properties.long('vertices'))
  if (points.length < 2) return undefined
  const at = (name: 'left' | 'top' | 'right' | 'bottom', usual: number): number =>
    signed(properties.value(name) ?? usual)
  const [left, top] = [at('left', 0), at('top', 0)]
  const space = {
    left,
    top,
    width: at('right', USUAL_SIZE) - left,
    height: at('bottom', USUAL_SIZE) - top,
  }
  const writer = createPathWriter(space)
  const segments = readSegments(properties.long('segments'))
  let next = 0
  const take = (): Point => {
    const point = points[next] ?? points.at(-1) ?? [0, 0]
    next += 1
    return point
  }
  if (segments.length === 0) {
    for (const [index, point] of points.entries()) {
      if (index === 0) writer.move(point)
      else writer.line(point)
    }
  }
  for (const segment of segments) {
    const kind = segment >>> 13
    const count = Math.min(segment & 0x1fff, points.length)
    if (next > points.length) break
    if (kind === MOVE) writer.move(take())
    else if (kind === LINE)
      for (let nth = 0; nth < Math.max(1, count); nth += 1) writer.line(take())
    else if (kind === CURVE) {
      for (let nth = 0; nth < Math.max(1, count); nth += 1) writer.curve(take(), take(), take())
    } else if (kind === CLOSE) writer.close()
    else if (kind === END) writer.end(LOOK)
  }
  writer.end(LOOK)
  return writer.write()
}

/** Lists begin with how many there are, and how many bytes each has. */
const HEAD_BYTES = 6
const SHORT = 0xfff0

function readPoints(list: Buffer | undefined): readonly Point[] {
  if (list === undefined || list.length < HEAD_BYTES) return []
  const size = list.readUInt16LE(4)
  const isLong = size === 8
  const bytes = isLong ? 8 : 4
  if (!isLong && size !== SHORT && size !== 4) return []
  const count = Math.min(
    list.readUInt16LE(0),
    MOST_POINTS,
    Math.floor((list.length - HEAD_BYTES) / bytes),
  )
  return Array.from({ length: count }, (_, index): Point => {
    const at = HEAD_BYTES + index * bytes
    return isLong
      ? [list.readInt32LE(at), list.readInt32LE(at + 4)]
      : [list.readInt16LE(at), list.readInt16LE(at + 2)]
  })
}

function readSegments(list: Buffer | undefined): readonly number[] {
  if (list === undefined || list.length < HEAD_BYTES) return []
  const count = Math.min(
    list.readUInt16LE(0),
    MOST_POINTS,
    Math.floor((list.length - HEAD_BYTES) / 2),
  )
  return Array.from({ length: count }, (_, index) => list.readUInt16LE(HEAD_BYTES + index * 2))
}
