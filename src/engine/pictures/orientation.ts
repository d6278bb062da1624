import type { Sharp } from 'sharp'
import type { Region, Size } from './dimensions.ts'

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
