import type { Treatment } from './composition.ts'
import { openCrop } from './crop-view.ts'
import { isDirect, type Route } from './frame.ts'
import { isSameExtent, isWhole, seenFrom } from './geometry.ts'
import { placeLayer } from './layer-places.ts'
import type { PlacedView } from './place-view.ts'
import type { PlannedComposition } from './planned.ts'
import type { Undecoded } from './raster.ts'

/**
 * Opens a view that is nothing but one picture, at some size or a part of it, before it is decoded: most of what anybody asks for.
 *
 * @returns undefined where anything else is to be done, or seen
 */
export function openAlone(
  { composition, canvas, layers }: PlannedComposition,
  { placed, route }: { readonly placed: PlacedView; readonly route: Route | undefined },
): Undecoded | undefined {
  const [only, ...others] = layers
  if (only === undefined || others.length > 0 || route === undefined) return undefined
  const { frame, scaled, needed } = route
  const isShownWhole =
    isSameExtent(frame.scaled, scaled) &&
    [frame.window, needed].every((each) => isWhole(seenFrom(placed.window, each), placed.window))
  if (!isShownWhole || !isUntreated(composition.composite)) return undefined
  const { layer } = only
  if (!isDirect(only) || !isUntreated(layer) || layer.blendMode === 'dissolve') return undefined
  const { resampling } = composition.view
  const places = placeLayer(only, frame, { canvas, resampling })
  if (places === undefined || !isSameExtent(places.area, placed.window)) return undefined
  return isSameExtent(places.content.window, placed.window)
    ? openCrop(only.picture, places.content)
    : undefined
}

function isUntreated(treatment: Treatment): boolean {
  const { adjustments, clips, effects, sharpening } = treatment
  const steps = [adjustments, clips, effects, sharpening]
  const isOpaque = treatment.opacity * treatment.fillOpacity === 10_000
  return isOpaque && treatment.flip === undefined && steps.every((each) => each.length === 0)
}
