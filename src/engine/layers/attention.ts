import { findInterest, LOOKED_AT } from '../pictures/attention.ts'
import type { Extent, Rectangle } from './composition.ts'
import { roundExtent } from './geometry.ts'
import type { LayerPicture } from './layer-picture.ts'
import { openRaster } from './sharp-raster.ts'

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
  const opened = openRaster(raster)
  return Promise.all(
    shapes.map(async (shape) => {
      const { left, top, ...part } = await findInterest(opened, size, shape, 'attention')
      return { x: left, y: top, ...part }
    }),
  )
}
