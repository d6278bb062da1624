import type { Extent, Rectangle } from './composition.ts'
import { roundExtent } from './geometry.ts'
import type { LayerPicture } from './layer-picture.ts'
import { openRaster } from './sharp-raster.ts'

/** How long the longer side is of what is looked at, in pixels: where something is, a small picture tells as well. */
const LOOKED_AT = 480

/**
 * Finds the part of a picture that draws most attention, in the shape of each of these sizes: the largest that there is room
 * for, where libvips sees edges, strong colours and skin.
 *
 * @returns in parts of the picture, in the order of `shapes`
 * @throws {@link OperationError} as the picture does
 */
export async function findAttention(
  picture: LayerPicture,
  shapes: readonly Extent[],
): Promise<readonly Rectangle[]> {
  const { width, height } = picture
  const factor = Math.min(1, LOOKED_AT / Math.max(width, height))
  const size = roundExtent({ width: width * factor, height: height * factor })
  const view = {
    region: { x: 0, y: 0, width, height },
    size,
    window: { x: 0, y: 0, ...size },
    resampling: 'bicub',
  } as const
  picture.check(view)
  const raster = await picture.decode(view)
  const own = width / height
  return Promise.all(
    shapes.map(async (shape) => {
      const wanted = shape.width / shape.height
      const part = { width: Math.min(1, wanted / own), height: Math.min(1, own / wanted) }
      const cut = roundExtent({ width: size.width * part.width, height: size.height * part.height })
      const { info } = await openRaster(raster)
        .resize({ ...cut, fit: 'cover', position: 'attention' })
        .raw()
        .toBuffer({ resolveWithObject: true })
      // sharp tells how far the picture was moved, and not where the part begins.
      const left = -(info.cropOffsetLeft ?? 0) / size.width
      const top = -(info.cropOffsetTop ?? 0) / size.height
      return {
        x: Math.max(0, Math.min(left, 1 - part.width)),
        y: Math.max(0, Math.min(top, 1 - part.height)),
        ...part,
      }
    }),
  )
}
