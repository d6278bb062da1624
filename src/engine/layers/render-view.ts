import type { Composition, Extent } from './composition.ts'
import type { LayerTools } from './layer-tools.ts'
import { openAlone } from './open-alone.ts'
import { planComposition } from './plan-composition.ts'
import type { Raster, Undecoded } from './raster.ts'
import { checkPlanned, renderPlanned } from './render-planned.ts'

/** A view whose sizes are known and within all limits, and that can be made. */
export interface PreparedView {
  /** Of all layers together. */
  readonly composite: Extent
  readonly view: Extent
  /** @throws {@link OperationError} when a source is damaged, which only decoding tells */
  readonly render: () => Promise<Raster>
  /** The same before it is decoded, where it is one picture alone. */
  readonly alone: Undecoded | undefined
}

/**
 * Plans the view of a composition.
 *
 * All sizes and places are computed in pixels of the composite, as if nothing were ever scaled: how large each layer is after
 * each step, where it is on the first, and of which window of the scaled composite the view consists. All limits are checked then,
 * before a pixel is decoded. Only after that is it decided how much of it is made, from the view back to the sources (frame.ts):
 * crops, sizes, margins, mirroring and the scale of the view become one window on one part of a source at one size, which is
 * decoded in a single pipeline, of a JPEG at a fraction of its size. What changes single pixels is done to that window.
 * What turns, blurs or casts shadows is made for the whole composite at the size of the view, all lengths and radii multiplied, and
 * never larger than the composite is.
 *
 * @throws {@link OperationError} when a source is missing, a layer is impossible, or something would be too large
 */
export async function prepareView(
  composition: Composition,
  tools: LayerTools,
): Promise<PreparedView> {
  const planned = await planComposition(composition, tools)
  const checked = checkPlanned(planned, 1, tools)
  const { width, height } = checked.placed.window
  return {
    composite: planned.canvas,
    view: { width, height },
    render: () => renderPlanned(planned, 1, tools),
    alone: openAlone(planned, checked),
  }
}

/** Plans a view and makes it; see {@link prepareView}. */
export async function renderView(composition: Composition, tools: LayerTools): Promise<Raster> {
  const { render } = await prepareView(composition, tools)
  return render()
}
