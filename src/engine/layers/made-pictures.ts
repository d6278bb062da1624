import { resize } from '../pictures/decode-view.ts'
import type { Extent, MaskUse, Rgba } from './composition.ts'
import { decodeWindow, KERNELS, largestOnTheWay } from './decode-window.ts'
import {
  intersect,
  isSameExtent,
  isWhole,
  scaleBetween,
  scaleRectangle,
  whole,
} from './geometry.ts'
import type { LayerPicture, PictureView } from './layer-picture.ts'
import { cutRaster, fillRaster, replaceAlpha, useMask } from './raster-steps.ts'
import type { Raster } from './raster.ts'
import { requirePixels } from './require-pixels.ts'
import { openRaster, toRaster } from './sharp-raster.ts'

/** A picture that is in memory already. */
export function pictureOfRaster(raster: Raster, maxPixels: number): LayerPicture {
  return {
    width: raster.width,
    height: raster.height,
    check: (view) => requirePixels(largestOnTheWay(view), maxPixels),
    decode: async (view) => decodeWindow(view, async (each) => reduceRaster(raster, each)),
  }
}

/** A window on a part of a raster, which is scaled to a size that is nowhere larger. */
export async function reduceRaster(
  raster: Raster,
  { region, size, window, resampling }: PictureView,
): Promise<Raster> {
  const part = cutRaster(raster, region)
  if (isSameExtent(region, size)) return cutRaster(part, window)
  const resized = resize(openRaster(part), size, KERNELS[resampling])
  const { x: left, y: top, width, height } = window
  return toRaster(isWhole(window, size) ? resized : resized.extract({ left, top, width, height }))
}

/** One colour, of any size. */
export function pictureOfColour(colour: Rgba, extent: Extent, maxPixels: number): LayerPicture {
  return {
    width: extent.width,
    height: extent.height,
    check: ({ window }) => requirePixels(window, maxPixels),
    decode: async ({ window }) => fillRaster(window, colour),
  }
}

/** A picture with the alpha of a mask, which is stretched over all of it. */
export function pictureWithMask(picture: LayerPicture, mask: LayerPicture): LayerPicture {
  const masked = (view: PictureView): PictureView => {
    const region = scaleRectangle(view.region, scaleBetween(picture, mask))
    return { ...view, region: intersect(region, whole(mask)) ?? whole(mask) }
  }
  return {
    width: picture.width,
    height: picture.height,
    resolution: picture.resolution,
    check(view) {
      picture.check(view)
      mask.check(masked(view))
    },
    async decode(view) {
      const raster = await picture.decode(view)
      return replaceAlpha(raster, await mask.decode(masked(view)))
    },
  }
}

/** A picture whose alpha is used otherwise than as it is. */
export function pictureWithMaskUse(picture: LayerPicture, use: MaskUse): LayerPicture {
  if (use === 'norm') return picture
  const { width, height, resolution, check } = picture
  return {
    width,
    height,
    resolution,
    check,
    decode: async (view) => useMask(await picture.decode(view), use),
  }
}
