import type { Extent, Rectangle } from './composition.ts'
import { decodeWindow } from './decode-window.ts'
import { intersect, scaleBetween, scaleRectangle, whole } from './geometry.ts'
import type { LayerPicture, PictureView } from './layer-picture.ts'
import type { LayerTools } from './layer-tools.ts'
import { reduceRaster } from './made-pictures.ts'
import { placeView } from './place-view.ts'
import type { PlannedComposition } from './planned.ts'
import { checkPlanned, renderPlanned } from './render-planned.ts'

/** The view of a composition as the picture of a layer of another, which is made as small as that needs it. */
export function pictureOfComposition(planned: PlannedComposition, tools: LayerTools): LayerPicture {
  const { width, height } = placeView(planned.canvas, planned.composition.view).window
  const all = { width, height }
  return {
    ...all,
    check: (view) => void checkPlanned(planned, neededScale(view), tools),
    async decode(view) {
      const raster = await renderPlanned(planned, neededScale(view), tools)
      return decodeWindow({ ...view, region: regionIn(raster, view.region, all) }, async (each) =>
        reduceRaster(raster, each),
      )
    },
  }
}

/** Of a picture that is to become larger, all that there is. */
function neededScale({ region, size }: PictureView): number {
  return Math.min(1, Math.max(size.width / region.width, size.height / region.height))
}

function regionIn(made: Extent, region: Rectangle, of: Extent): Rectangle {
  return intersect(scaleRectangle(region, scaleBetween(of, made)), whole(made)) ?? whole(made)
}
