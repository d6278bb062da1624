import { type Matrix, multiply } from '../../../base/affine.ts'
import type { Box } from '../drawing/shapes.ts'
import { childOf, type Element } from '../element.ts'
import { degreesOf, flagOf, pointsOf } from './drawing-values.ts'

/** How places within a group become those of what it is in, before it is turned. */
interface Scale {
  readonly x: number
  readonly y: number
  readonly left: number
  readonly top: number
}

/** Where shapes are drawn: their boxes are scaled, and then turned and moved. */
export interface Frame {
  readonly matrix: Matrix
  readonly scale: Scale
}

/** Where a shape is: a box of a size, and how the places within become those of the page. */
export interface Placed {
  readonly width: number
  readonly height: number
  readonly matrix: Matrix
}

/** Where a shape is said to be. */
export interface Transform extends Box {
  /** In degrees clockwise. */
  readonly turned: number
  readonly flippedX: boolean
  readonly flippedY: boolean
}

/** The page itself. */
export const PAGE_FRAME: Frame = {
  matrix: [1, 0, 0, 1, 0, 0],
  scale: { x: 1, y: 1, left: 0, top: 0 },
}

/** Reads an `xfrm`; undefined when it says of no place. */
export function readTransform(element: Element | undefined): Transform | undefined {
  const from = childOf(element, 'off')
  const size = childOf(element, 'ext')
  if (from === undefined || size === undefined) return undefined
  return {
    x: pointsOf(from, 'x') ?? 0,
    y: pointsOf(from, 'y') ?? 0,
    width: Math.max(0, pointsOf(size, 'cx') ?? 0),
    height: Math.max(0, pointsOf(size, 'cy') ?? 0),
    turned: degreesOf(element, 'rot'),
    flippedX: flagOf(element, 'flipH') ?? false,
    flippedY: flagOf(element, 'flipV') ?? false,
  }
}

/** Places a shape. */
export function place(transform: Transform, { matrix, scale }: Frame): Placed {
  // What stands on its side in a group is as wide as it is high.
  const onSide = Math.abs(Math.sin((transform.turned * Math.PI) / 180)) > Math.SQRT1_2
  const [x, y] = onSide ? [scale.y, scale.x] : [scale.x, scale.y]
  const width = transform.width * x
  const height = transform.height * y
  const middle = {
    x: scale.left + (transform.x + transform.width / 2) * scale.x,
    y: scale.top + (transform.y + transform.height / 2) * scale.y,
  }
  const radians = (transform.turned * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const [signX, signY] = [transform.flippedX ? -1 : 1, transform.flippedY ? -1 : 1]
  const own: Matrix = [
    cos * signX,
    sin * signX,
    -sin * signY,
    cos * signY,
    middle.x - (cos * signX * width - sin * signY * height) / 2,
    middle.y - (sin * signX * width + cos * signY * height) / 2,
  ]
  return { width, height, matrix: multiply(matrix, own) }
}

/** Where the shapes of a group are drawn, which is where `transform` says, and has the places that `xfrm` says. */
export function frameOf(xfrm: Element | undefined, frame: Frame): Frame {
  const transform = readTransform(xfrm)
  if (transform === undefined) return frame
  const { width, height, matrix } = place(transform, frame)
  const from = childOf(xfrm, 'chOff')
  const size = childOf(xfrm, 'chExt')
  const x = width / (pointsOf(size, 'cx') || transform.width || 1)
  const y = height / (pointsOf(size, 'cy') || transform.height || 1)
  const left = pointsOf(from, 'x') ?? transform.x
  const top = pointsOf(from, 'y') ?? transform.y
  return { matrix, scale: { x, y, left: -left * x, top: -top * y } }
}

/** Where what is in a box of its own is drawn, from the top left of a placed shape. */
export function frameWithin({ matrix }: Placed): Frame {
  return { matrix, scale: PAGE_FRAME.scale }
}
