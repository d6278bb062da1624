import type { Adjustment, Extent, Rectangle, Treatment } from './composition.ts'
import { grow, intersect, isSameExtent, scaleExtent, whole } from './geometry.ts'
import type { PlacedView } from './place-view.ts'
import type { PlannedComposition, PlannedLayer } from './planned.ts'

/** At which size a composite is made, and which part of it. */
export interface Frame {
  /** All of the composite at that size. */
  readonly scaled: Extent
  /** What of it is made. */
  readonly window: Rectangle
}

/** How a view is made: what of the composite, and what of the scaled composite is needed then. */
export interface Route {
  readonly frame: Frame
  /** All of the composite, as the view wants it. */
  readonly scaled: Extent
  /** What is needed of that: what is visible, and around it what sharpening looks at. */
  readonly needed: Rectangle
}

/**
 * Tells at which size a composite is made for a view.
 *
 * Where each pixel of the view comes from one place of each layer, every layer is made as the view shows it, at once, and no
 * more of it than the view shows. Where a step looks at what is around a pixel, or turns what it has, the whole composite is made
 * at the size of the view, or in its own where that is smaller, and scaled then.
 */
export function planRoute(planned: PlannedComposition, placed: PlacedView): Route | undefined {
  const { canvas, composition, layers } = planned
  const { scaled, visible } = placed
  if (visible === undefined) return undefined
  const margin = marginOf(composition.composite, radiusScale(planned, placed))
  const needed = intersect(grow(visible, margin), whole(scaled)) ?? visible
  const isPointwise = changesPoints(planned.composition.composite)
  if (isPointwise && layers.every(isDirect)) {
    return { frame: { scaled, window: needed }, scaled, needed }
  }
  const scale = Math.max(scaled.width / canvas.width, scaled.height / canvas.height)
  const made = scale >= 1 ? canvas : nearSame(scaleExtent(canvas, { x: scale, y: scale }), scaled)
  const window = isPointwise && isSameExtent(made, scaled) ? needed : whole(made)
  return { frame: { scaled: { width: made.width, height: made.height }, window }, scaled, needed }
}

/** By what radii are multiplied that were said of the composite: they shrink with it, and do not grow (r-op-usm). */
export function radiusScale({ canvas }: PlannedComposition, { scaled }: PlacedView): number {
  return Math.min(1, scaled.width / canvas.width, scaled.height / canvas.height)
}

/** Whole pixels let two sizes differ by one where they are the same. */
function nearSame(made: Extent, scaled: Extent): Extent {
  const isNear =
    Math.abs(made.width - scaled.width) <= 1 && Math.abs(made.height - scaled.height) <= 1
  return isNear ? scaled : made
}

/** How far sharpening looks around: twice the standard deviation of a blur is its radius, and three of these are seen. */
function marginOf({ sharpening }: Treatment, scale: number): number {
  const margins = sharpening.map((each) => {
    if (each.by === 'simple') return 4
    return Math.ceil(1.5 * each.radius * (each.scaled ? scale : 1)) + 4
  })
  return margins.reduce((sum, each) => sum + each, 0)
}

/** Whether a layer needs nothing but pixels of its own place for each pixel. */
export function isDirect({ layer, corners }: PlannedLayer): boolean {
  const { rotation, sharpening } = layer
  return rotation === 0 && corners === undefined && sharpening.length === 0 && changesPoints(layer)
}

function changesPoints({ clips, effects, adjustments }: Treatment): boolean {
  return clips.length === 0 && effects.length === 0 && adjustments.every(changesPoint)
}

/** Whether an adjustment makes of a pixel what it makes of equal ones, wherever they are. */
function changesPoint(adjustment: Adjustment): boolean {
  if (adjustment.op === 'colorize') return !adjustment.normalised
  return !['blur', 'noise', 'grow', 'growMask'].includes(adjustment.op)
}
