import type { Extent, Point, Rectangle, Resampling } from './composition.ts'
import {
  intersect,
  isSameExtent,
  scaleBetween,
  scaleRectangle,
  seenFrom,
  whole,
} from './geometry.ts'
import type { LayerPicture, PictureView } from './layer-picture.ts'
import { cutRaster, emptyRaster } from './raster-steps.ts'
import type { Raster, Undecoded } from './raster.ts'

/** A part of a picture, which may reach beyond it, scaled to a size, and what of that is wanted. */
export interface CropView {
  readonly crop: Rectangle
  readonly size: Extent
  readonly window: Rectangle
  readonly resampling: Resampling
}

/** @throws {@link OperationError} see {@link LayerPicture.check} */
export function checkCrop(picture: LayerPicture, wanted: CropView): void {
  const found = viewOfCrop(picture, wanted)
  if (found !== undefined) picture.check(found.view)
}

/** Decodes what a crop shows of a picture; what lies beside the picture is transparent. */
export async function decodeCrop(picture: LayerPicture, wanted: CropView): Promise<Raster> {
  const found = viewOfCrop(picture, wanted)
  if (found === undefined) return emptyRaster(wanted.window)
  const raster = await picture.decode(found.view)
  const { x, y } = found.at
  return cutRaster(raster, { ...whole(wanted.window), x: -x, y: -y })
}

/** Opens what a crop shows of a picture before it is decoded, where it can be had so and fills the window. */
export function openCrop(picture: LayerPicture, wanted: CropView): Undecoded | undefined {
  const found = viewOfCrop(picture, wanted)
  if (found === undefined || !isSameExtent(found.view.window, wanted.window)) return undefined
  return picture.open?.(found.view)
}

/** @returns undefined when nothing of the picture is in the window; `at` is where in the window it begins */
function viewOfCrop(
  picture: Extent,
  { crop, size, window, resampling }: CropView,
): { readonly view: PictureView; readonly at: Point } | undefined {
  const region = intersect(crop, whole(picture))
  if (region === undefined) return undefined
  const scaled = scaleRectangle(seenFrom(crop, region), scaleBetween(crop, size))
  const part = intersect(window, scaled)
  if (part === undefined) return undefined
  const { width, height } = scaled
  return {
    view: { region, size: { width, height }, window: seenFrom(scaled, part), resampling },
    at: seenFrom(window, part),
  }
}
