/** A part of a picture; its measures are parts of the picture, from 0 to 1. */
export interface PictureRect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A place in a picture, in parts of it. */
export interface PicturePoint {
  readonly x: number
  readonly y: number
}

/** The smallest part, so that there is something to be held. */
const LEAST = 0.01

/** How exactly a part is kept: a ten-thousandth is less than a pixel of most pictures. */
const EXACT = 10_000

/**
 * The width that a part of this shape has for each of its heights, both in parts of the picture.
 *
 * @param shape - in pixels, such as the size that a crop is for
 * @param picture - the size of the whole, in pixels
 */
export function ratioIn(
  shape: { readonly width: number; readonly height: number },
  picture: { readonly width: number; readonly height: number },
): number {
  return (shape.width / shape.height) * (picture.height / picture.width)
}

/** The largest part of a shape, in the middle. */
export function centredRect(ratio: number): PictureRect {
  const width = Math.min(1, ratio)
  const height = width / ratio
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height }
}

/** Moves a part as far as the picture goes. */
export function moveRect(rect: PictureRect, dx: number, dy: number): PictureRect {
  return {
    ...rect,
    x: clamp(rect.x + dx, 0, 1 - rect.width),
    y: clamp(rect.y + dy, 0, 1 - rect.height),
  }
}

/**
 * The part between a corner that stays and a point that is dragged.
 *
 * @param ratio - the shape that it has; undefined for any
 */
export function rectBetween(
  corner: PicturePoint,
  point: PicturePoint,
  ratio: number | undefined,
): PictureRect {
  const isRight = point.x >= corner.x
  const isDown = point.y >= corner.y
  const roomX = isRight ? 1 - corner.x : corner.x
  const roomY = isDown ? 1 - corner.y : corner.y
  const across = Math.max(LEAST, Math.abs(point.x - corner.x))
  const down = Math.max(LEAST, Math.abs(point.y - corner.y))
  const width =
    ratio === undefined
      ? Math.min(across, roomX)
      : Math.min(Math.max(across, down * ratio), roomX, roomY * ratio)
  const height = ratio === undefined ? Math.min(down, roomY) : width / ratio
  return {
    x: isRight ? corner.x : corner.x - width,
    y: isDown ? corner.y : corner.y - height,
    width,
    height,
  }
}

/**
 * Gives a part another size, from its left top corner on.
 *
 * @param ratio - the shape that it has; undefined for any
 */
export function resizeRect(
  rect: PictureRect,
  size: { readonly width?: number; readonly height?: number },
  ratio: number | undefined,
): PictureRect {
  const roomX = 1 - rect.x
  const roomY = 1 - rect.y
  if (ratio === undefined) {
    return {
      ...rect,
      width: clamp(size.width ?? rect.width, LEAST, roomX),
      height: clamp(size.height ?? rect.height, LEAST, roomY),
    }
  }
  const wanted = size.width ?? (size.height ?? rect.height) * ratio
  const width = clamp(wanted, LEAST, Math.min(roomX, roomY * ratio))
  return { ...rect, width, height: width / ratio }
}

/** Gives a part a shape: as large as it was, about where it was, and within the picture. */
export function reshapeRect(rect: PictureRect, ratio: number): PictureRect {
  const width = Math.min(1, ratio, Math.sqrt(rect.width * rect.height * ratio))
  const height = width / ratio
  const x = rect.x + (rect.width - width) / 2
  const y = rect.y + (rect.height - height) / 2
  return moveRect({ x, y, width, height }, 0, 0)
}

/** A part as it is kept, which is within the picture after rounding too. */
export function roundRect({ x, y, width, height }: PictureRect): PictureRect {
  const [left, top] = [Math.floor(x * EXACT), Math.floor(y * EXACT)]
  return {
    x: left / EXACT,
    y: top / EXACT,
    width: clamp(Math.round(width * EXACT), 1, EXACT - left) / EXACT,
    height: clamp(Math.round(height * EXACT), 1, EXACT - top) / EXACT,
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}
