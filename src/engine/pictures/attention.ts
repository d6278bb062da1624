import type { Sharp } from 'sharp'
import { type Region, type Size, toPixels } from './dimensions.ts'
import type { Interest } from './options.ts'

/** How long the longer side is of what is looked at, in pixels: where something is, a small picture tells as well. */
export const LOOKED_AT = 480

/**
 * Finds the part of a picture that matters most, in the shape of `box`: the largest that there is room for.
 *
 * @param picture - is small, and has the size `size`
 * @returns in parts of the picture, from 0 to 1
 */
export async function findInterest(
  picture: Sharp,
  size: Size,
  box: Size,
  interest: Interest,
): Promise<Region> {
  const [wanted, own] = [box.width / box.height, size.width / size.height]
  const part = { width: Math.min(1, wanted / own), height: Math.min(1, own / wanted) }
  const cut = toPixels({ width: size.width * part.width, height: size.height * part.height })
  const { info } = await picture
    .clone()
    .resize({ ...cut, fit: 'cover', position: interest })
    .raw()
    .toBuffer({ resolveWithObject: true })
  // sharp tells how far the picture was moved, and not where the part begins.
  const left = -(info.cropOffsetLeft ?? 0) / size.width
  const top = -(info.cropOffsetTop ?? 0) / size.height
  return {
    left: Math.max(0, Math.min(left, 1 - part.width)),
    top: Math.max(0, Math.min(top, 1 - part.height)),
    ...part,
  }
}
