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
