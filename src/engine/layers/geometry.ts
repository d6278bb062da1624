import type { Edges, Extent, Flip, Place, Point, Rectangle } from './composition.ts'

/** What a division and a multiplication leave of a half that was one. */
const NEARLY = 1e-9

/** The nearest whole number; halves go up. */
export function roundOffset(offset: number): number {
  return Math.floor(offset + 0.5 + NEARLY)
}

/** The nearest length in whole pixels, and never 0. */
export function roundLength(length: number): number {
  return Math.max(1, roundOffset(length))
}

/** The nearest size in whole pixels, and never 0. */
export function roundExtent({ width, height }: Extent): Extent {
  return { width: roundLength(width), height: roundLength(height) }
}

/** A size times a factor of each axis, in whole pixels. */
export function scaleExtent({ width, height }: Extent, { x, y }: Point): Extent {
  return roundExtent({ width: width * x, height: height * y })
}

/** By what each axis of one size was multiplied to become another. */
export function scaleBetween(from: Extent, to: Extent): Point {
  return { x: to.width / from.width, y: to.height / from.height }
}

/** A rectangle times a factor of each axis; its edges are the nearest whole pixels, so that neighbours stay neighbours. */
export function scaleRectangle(rectangle: Rectangle, { x, y }: Point): Rectangle {
  const left = roundOffset(rectangle.x * x)
  const top = roundOffset(rectangle.y * y)
  const width = roundOffset((rectangle.x + rectangle.width) * x) - left
  const height = roundOffset((rectangle.y + rectangle.height) * y) - top
  return { x: left, y: top, width: Math.max(1, width), height: Math.max(1, height) }
}

/** All of something, as a rectangle. */
export function whole({ width, height }: Extent): Rectangle {
  return { x: 0, y: 0, width, height }
}

/** What two rectangles have in common; undefined when that is nothing. */
export function intersect(one: Rectangle, other: Rectangle): Rectangle | undefined {
  const x = Math.max(one.x, other.x)
  const y = Math.max(one.y, other.y)
  const width = Math.min(one.x + one.width, other.x + other.width) - x
  const height = Math.min(one.y + one.height, other.y + other.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

/** The same rectangle as it is seen from a point. */
export function seenFrom({ x, y }: Point, rectangle: Rectangle): Rectangle {
  return { ...rectangle, x: rectangle.x - x, y: rectangle.y - y }
}

/** A rectangle that begins elsewhere. */
export function shift(rectangle: Rectangle, { x, y }: Point): Rectangle {
  return { ...rectangle, x: rectangle.x + x, y: rectangle.y + y }
}

/** A rectangle with so much more on each side. */
export function grow({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

/** Where a rectangle of something lies when that is mirrored. */
export function mirror(rectangle: Rectangle, of: Extent, flip: Flip | undefined): Rectangle {
  const { x, y, width, height } = rectangle
  return {
    x: flip === 'lr' || flip === 'lrud' ? of.width - x - width : x,
    y: flip === 'ud' || flip === 'lrud' ? of.height - y - height : y,
    width,
    height,
  }
}

/** True when both have the same width and height. */
export function isSameExtent(one: Extent, other: Extent): boolean {
  return one.width === other.width && one.height === other.height
}

/** True when a rectangle is all of something. */
export function isWhole({ x, y, width, height }: Rectangle, of: Extent): boolean {
  return x === 0 && y === 0 && isSameExtent({ width, height }, of)
}

/** The point of something that is said in pixels from its upper left, or in parts from its centre. */
export function pointOf(place: Place, of: Extent): Point {
  if (place.in === 'pixels') return { x: place.x, y: place.y }
  return { x: (place.x + 0.5) * of.width, y: (place.y + 0.5) * of.height }
}

/** An offset in pixels, which is said so or in parts of something. */
export function offsetOf(place: Place, of: Extent): Point {
  if (place.in === 'pixels') return { x: place.x, y: place.y }
  return { x: place.x * of.width, y: place.y * of.height }
}

/** Edges in whole pixels, which are said so or in parts of something. */
export function edgesOf(
  edges: (Edges & { readonly in: 'pixels' | 'parts' }) | undefined,
  of: Extent,
): Edges {
  if (edges === undefined) return { left: 0, top: 0, right: 0, bottom: 0 }
  const x = edges.in === 'pixels' ? 1 : of.width
  const y = edges.in === 'pixels' ? 1 : of.height
  return {
    left: roundOffset(edges.left * x),
    top: roundOffset(edges.top * y),
    right: roundOffset(edges.right * x),
    bottom: roundOffset(edges.bottom * y),
  }
}
