import { OperationError } from '../../base/operation-error.ts'
import type { View } from './composition.ts'
import { planRoute, type Route, radiusScale } from './frame.ts'
import { isSameExtent, seenFrom, whole } from './geometry.ts'
import type { LayerTools } from './layer-tools.ts'
import { pictureOfRaster } from './made-pictures.ts'
import { type PlacedView, placeView } from './place-view.ts'
import type { PlannedComposition } from './planned.ts'
import { cutRaster, emptyRaster, fillBehind } from './raster-steps.ts'
import type { Raster } from './raster.ts'
import { checkComposite, renderComposite } from './render-composite.ts'
import { requirePixels } from './require-pixels.ts'

/**
 * Tells how a view is made, and whether it can be, by arithmetic alone.
 *
 * @param scale - by what the view is multiplied for whoever needs it smaller
 * @throws {@link OperationError} when it is larger than is allowed, or a step would take more pixels than there may be
 */
export function checkPlanned(
  planned: PlannedComposition,
  scale: number,
  { maxPixels }: Pick<LayerTools, 'maxPixels'>,
): { readonly placed: PlacedView; readonly route: Route | undefined } {
  const placed = placeView(planned.canvas, planned.composition.view, scale)
  const { width, height } = placed.window
  if (width * height > maxPixels) {
    throw new OperationError('rendition_too_large', { width, height, most: maxPixels })
  }
  const route = planRoute(planned, placed)
  if (route !== undefined) {
    requirePixels(route.needed, maxPixels)
    checkComposite(planned, route.frame, maxPixels)
  }
  return { placed, route }
}

/** Makes a view whose layers are planned; see {@link checkPlanned}. */
export async function renderPlanned(
  planned: PlannedComposition,
  scale: number,
  tools: LayerTools,
): Promise<Raster> {
  const { placed, route } = checkPlanned(planned, scale, tools)
  const { window, visible } = placed
  const { view, composite } = planned.composition
  if (route === undefined || visible === undefined) return finish(emptyRaster(window), view)
  const made = await renderComposite(planned, route.frame, tools)
  tools.signal.throwIfAborted()
  const scaled = await scaleMade(made, route, { view, tools })
  tools.signal.throwIfAborted()
  const radii = radiusScale(planned, placed)
  const sharpened =
    composite.sharpening.length > 0
      ? await tools.sharpen(scaled, composite.sharpening, radii)
      : scaled
  const seen = cutRaster(sharpened, seenFrom(route.needed, visible))
  return finish(cutRaster(seen, seenFrom(visible, window)), view)
}

/** What the view needs of the composite, at the size of the view. */
async function scaleMade(
  made: Raster,
  { frame, scaled, needed }: Route,
  { view, tools }: { readonly view: View; readonly tools: LayerTools },
): Promise<Raster> {
  if (isSameExtent(frame.scaled, scaled)) return cutRaster(made, seenFrom(frame.window, needed))
  return pictureOfRaster(made, tools.maxPixels).decode({
    region: whole(made),
    size: scaled,
    window: needed,
    resampling: view.resampling,
  })
}

function finish(raster: Raster, { transparent, background }: View): Raster {
  return transparent ? raster : fillBehind(raster, { ...background, alpha: 255 })
}
