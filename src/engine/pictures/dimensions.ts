import type { Sharp } from 'sharp'

/** Width and height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** The box a rendition has to fit in, in pixels; a side that is left out does not limit. */
export interface Box {
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** A rectangle of an image, in pixels from its left and top edge. */
export interface Region extends Size {
  readonly left: number
  readonly top: number
}

/**
 * The size of `original` inside `box`: aspect ratio kept, never enlarged, at least one pixel a side.
 *
 * Computed from the original size and nothing in between, since a JPEG that is decoded at a quarter of its scale, or an
 * image derived from another rendition, already carries a rounded size and could end one pixel off.
 */
export function fitInside(original: Size, box: Box): Size {
  return scale(original, Math.min(1, scaleToFit(original, box)))
}

/** By what `size` has to be multiplied to cover all of `box`, of which it then fits one side exactly; 1 without a box. */
export function scaleToCover(size: Size, { width, height }: Box): number {
  if (width === undefined && height === undefined) return 1
  return Math.max((width ?? 0) / size.width, (height ?? 0) / size.height)
}

/**
 * The part of `size` that has the shape of `box`, as large as it can be, with fractions of pixels.
 *
 * @param at - where it begins, as shares of how far it could be moved; in the middle unless given
 */
export function cutToShape(size: Size, box: Size, at = { x: 0.5, y: 0.5 }): Region {
  const factor = scaleToCover(size, box)
  const width = Math.min(size.width, box.width / factor)
  const height = Math.min(size.height, box.height / factor)
  const [left, top] = [(size.width - width) * at.x, (size.height - height) * at.y]
  return { left, top, width, height }
}

/** A region in whole pixels, as near as can be; at least one a side, and inside of an image of this size. */
export function nearestRegion(region: Region, size: Size): Region {
  const { width, height } = toPixels(region)
  return {
    left: Math.min(Math.round(region.left), size.width - width),
    top: Math.min(Math.round(region.top), size.height - height),
    width,
    height,
  }
}

/** The whole pixels that a region lies in. */
export function outerRegion({ left, top, width, height }: Region): Region {
  const from = { left: Math.floor(left), top: Math.floor(top) }
  // What a division leaves behind the last pixel is none.
  const right = Math.ceil(left + width - 1e-6)
  const bottom = Math.ceil(top + height - 1e-6)
  return { ...from, width: right - from.left, height: bottom - from.top }
}

/** By what `size` has to be multiplied to fit exactly into `box`; above 1 when it is smaller, and 1 without a box. */
export function scaleToFit(size: Size, { width, height }: Box): number {
  if (width === undefined && height === undefined) return 1
  return Math.min(
    (width ?? Number.POSITIVE_INFINITY) / size.width,
    (height ?? Number.POSITIVE_INFINITY) / size.height,
  )
}

/** A size times a factor, in whole pixels and at least one a side. */
export function scale(size: Size, factor: number): Size {
  return toPixels({ width: size.width * factor, height: size.height * factor })
}

/** The nearest size in whole pixels, at least one a side. */
export function toPixels({ width, height }: Size): Size {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) }
}

/** What of `region` lies inside an image of this size; undefined when nothing does. */
export function clip(region: Region, size: Size): Region | undefined {
  const left = Math.max(0, region.left)
  const top = Math.max(0, region.top)
  const width = Math.min(size.width, region.left + region.width) - left
  const height = Math.min(size.height, region.top + region.height) - top
  return width > 0 && height > 0 ? { left, top, width, height } : undefined
}

/** True when both have the same width and height. */
export function isSameSize(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height
}

/** True when both are the same rectangle, or both are none. */
export function isSameRegion(one: Region | undefined, other: Region | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return isSameSize(one, other) && one.left === other.left && one.top === other.top
}

/** True when `small` is at most half of `large` in both directions. */
export function isAtMostHalf(small: Size, large: Size): boolean {
  return small.width * 2 <= large.width && small.height * 2 <= large.height
}

/** How many pixels an image of this size has. */
export function countPixels({ width, height }: Size): number {
  return width * height
}

/**
 * How the rows of an image file lie to the upright picture, as Exif numbers it (tag 274): 1 is upright, 2 to 4 are
 * mirrored or upside down, 5 to 8 lie on their side.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

interface Turn {
  /** Makes the stored picture upright. sharp mirrors before it rotates, whatever the order of the calls. */
  readonly apply: (image: Sharp) => Sharp
  /** Whether stored rows are upright columns. */
  readonly sideways: boolean
  /** Whether the upright left is the right or the bottom of what is stored, and likewise the top. */
  readonly fromRight: boolean
  readonly fromBottom: boolean
}

const TURNS: Readonly<Record<Orientation, Turn>> = {
  1: { apply: (image) => image, sideways: false, fromRight: false, fromBottom: false },
  2: { apply: (image) => image.flop(), sideways: false, fromRight: true, fromBottom: false },
  3: { apply: (image) => image.rotate(180), sideways: false, fromRight: true, fromBottom: true },
  4: { apply: (image) => image.flip(), sideways: false, fromRight: false, fromBottom: true },
  5: {
    apply: (image) => image.flop().rotate(270),
    sideways: true,
    fromRight: false,
    fromBottom: false,
  },
  6: { apply: (image) => image.rotate(90), sideways: true, fromRight: false, fromBottom: true },
  7: {
    apply: (image) => image.flop().rotate(90),
    sideways: true,
    fromRight: true,
    fromBottom: true,
  },
  8: { apply: (image) => image.rotate(270), sideways: true, fromRight: true, fromBottom: false },
}

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]

/** The orientation that a header gives as a number; upright when it gives none, or none that exists. */
export function toOrientation(tag: number | undefined): Orientation {
  return ORIENTATIONS.find((orientation) => orientation === tag) ?? 1
}

/** Turns a stored picture upright. To be called after all that is said in stored pixels: it costs least when it comes last. */
export function turnUpright(image: Sharp, orientation: Orientation): Sharp {
  return TURNS[orientation].apply(image)
}

/** A size as it is stored from one that is upright, and the other way round. */
export function turnSize({ width, height }: Size, orientation: Orientation): Size {
  return TURNS[orientation].sideways ? { width: height, height: width } : { width, height }
}

/**
 * Where a region of the upright picture lies in the stored one.
 *
 * @param upright - the size of the whole upright picture
 */
export function toStoredRegion(region: Region, upright: Size, orientation: Orientation): Region {
  const { sideways, fromRight, fromBottom } = TURNS[orientation]
  const stored = turnSize(upright, orientation)
  const { width, height } = turnSize(region, orientation)
  const [left, top] = sideways ? [region.top, region.left] : [region.left, region.top]
  return {
    left: fromRight ? stored.width - left - width : left,
    top: fromBottom ? stored.height - top - height : top,
    width,
    height,
  }
}
