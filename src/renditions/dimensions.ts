/** Width and height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** The box a rendition has to fit in, in pixels; a side that is left out does not limit. */
export type Box = Partial<Size>

/**
 * The size of `original` inside `box`: aspect ratio kept, never enlarged, at least one pixel a side.
 *
 * Computed from the original size and nothing in between, since a JPEG that is decoded at a quarter of its scale, or an
 * image derived from another rendition, already carries a rounded size and could end one pixel off.
 */
export function fitInside(original: Size, box: Box): Size {
  const shrink = Math.max(
    1,
    original.width / (box.width ?? original.width),
    original.height / (box.height ?? original.height),
  )
  return {
    width: Math.max(1, Math.round(original.width / shrink)),
    height: Math.max(1, Math.round(original.height / shrink)),
  }
}

/** True when both have the same width and height. */
export function isSameSize(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height
}

/** True when `small` is at most half of `large` in both directions. */
export function isAtMostHalf(small: Size, large: Size): boolean {
  return small.width * 2 <= large.width && small.height * 2 <= large.height
}

/** How many pixels an image of this size has. */
export function countPixels({ width, height }: Size): number {
  return width * height
}
