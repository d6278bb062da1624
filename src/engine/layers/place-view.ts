import { OperationError } from '../../base/operation-error.ts'
import type { Extent, Point, Rectangle, View } from './composition.ts'
import {
  intersect,
  roundExtent,
  roundLength,
  roundOffset,
  scaleExtent,
  shift,
  whole,
} from './geometry.ts'

/**
 * How a view shows a composite, in whole pixels: all of the composite is scaled, and the view is a window on that, which may
 * begin before it and end behind it.
 */
export interface PlacedView {
  /** All of the composite, after it was scaled. */
  readonly scaled: Extent
  /** What of it the reply shows; as large as the reply. */
  readonly window: Rectangle
  /** What of the window is the composite; undefined when nothing is. All else is background. */
  readonly visible: Rectangle | undefined
}

/** The part of the composite that is scaled into the view, and how. */
interface Fitted {
  /** How large that part becomes. */
  readonly part: Extent
  /** The view around it, or within it. */
  readonly view: Extent
  readonly align: Point
}

const CENTRED: Point = { x: 0, y: 0 }

/**
 * Tells how large a view is, and what of the composite it shows: the region, scaled by `factor` or into width and height, then
 * times the density, and of that the part.
 *
 * Width and height never enlarge unless `fit` says so; a view that is larger than what it shows has background around it. Of
 * one alone the other follows from the proportions of the region.
 *
 * @param scale - by what all of it is multiplied for whoever needs it smaller
 * @throws {@link OperationError} view_too_large
 */
export function placeView(composite: Extent, view: View, scale = 1): PlacedView {
  const region = view.region ?? whole(composite)
  const fitted = fit(region, view)
  const density = clampDensity(fitted.view, view) * scale
  const tile = view.part?.factor ?? 1
  const dense = {
    part: scaleExtent(fitted.part, { x: density * tile, y: density * tile }),
    view: scaleExtent(fitted.view, { x: density * tile, y: density * tile }),
  }
  const x = dense.part.width / region.width
  const y = dense.part.height / region.height
  const scaled = scaleExtent(composite, { x, y })
  const seen = {
    x: roundOffset(region.x * x) - alignment(dense.view.width - dense.part.width, fitted.align.x),
    y: roundOffset(region.y * y) - alignment(dense.view.height - dense.part.height, fitted.align.y),
    ...dense.view,
  }
  const window = view.part === undefined ? seen : shift(view.part, seen)
  requireAllowed(window, view)
  const shown = intersect(seen, whole(scaled))
  return { scaled, window: rectangleOf(window), visible: shown && intersect(shown, window) }
}

function rectangleOf({ x, y, width, height }: Rectangle): Rectangle {
  return { x, y, width, height }
}

/** How far something is from the edge when so much room is left, or has to go. */
function alignment(room: number, align: number): number {
  return roundOffset((room * (align + 1)) / 2)
}

function fit(region: Extent, view: View): Fitted {
  const { width, height, factor, align } = view
  if (factor !== undefined) {
    const part = scaleExtent(region, { x: factor, y: factor })
    const within = { width: width ?? part.width, height: height ?? part.height }
    const both = width !== undefined && height !== undefined
    return { part, view: within, align: both ? align : CENTRED }
  }
  if (width !== undefined && height !== undefined) return fitBoth(region, { width, height }, view)
  if (width !== undefined || height !== undefined) return fitOne(region, view)
  const { width: most, height: highest } = view.within?.byDefault ?? { width: 0, height: 0 }
  const limits = [
    ...(most > 0 ? [most / region.width] : []),
    ...(highest > 0 ? [highest / region.height] : []),
  ]
  const least = Math.min(1, ...limits)
  const part = scaleExtent(region, { x: least, y: least })
  return { part, view: part, align: CENTRED }
}

function fitOne(region: Extent, { width, height, fit: asked }: View): Fitted {
  const scale = width === undefined ? (height ?? 0) / region.height : width / region.width
  const limited = asked?.enlarge ? scale : Math.min(1, scale)
  const part = scaleExtent(region, { x: limited, y: limited })
  const within = {
    width: roundLength(region.width * scale),
    height: roundLength(region.height * scale),
  }
  return { part, view: asked?.mode === 'constrain' ? part : within, align: CENTRED }
}

function fitBoth(region: Extent, box: Extent, { fit: asked, align }: View): Fitted {
  const { mode = 'fit', enlarge = false } = asked ?? {}
  const limit = (scale: number): number => (enlarge ? scale : Math.min(1, scale))
  const x = box.width / region.width
  const y = box.height / region.height
  const uniform = { fit: Math.min, constrain: Math.min, crop: Math.max, wrap: Math.max }
  const scaleOf = (): Point => {
    if (mode === 'stretch') return { x: limit(x), y: limit(y) }
    if (mode === 'hfit') return { x: limit(x), y: limit(x) }
    if (mode === 'vfit') return { x: limit(y), y: limit(y) }
    const scale = limit(uniform[mode](x, y))
    return { x: scale, y: scale }
  }
  const part = scaleExtent(region, scaleOf())
  if (mode === 'constrain') return { part, view: part, align: CENTRED }
  if (mode === 'stretch') return { part, view: box, align: CENTRED }
  if (mode !== 'wrap') return { part, view: box, align }
  const covering = {
    width: Math.max(part.width, box.width),
    height: Math.max(part.height, box.height),
  }
  return { part, view: covering, align }
}

/** A density that would make the view larger than is allowed is made as large as is (r-dpr). */
function clampDensity(view: Extent, { density, within }: View): number {
  const { width: most, height: highest } = within?.most ?? { width: 0, height: 0 }
  const limits = [
    ...(most > 0 ? [most / view.width] : []),
    ...(highest > 0 ? [highest / view.height] : []),
  ]
  return density <= 1 ? density : Math.max(1, Math.min(density, ...limits))
}

/** A part may be taken of a view that itself would be too large (r-rect). */
function requireAllowed(reply: Extent, { within }: View): void {
  const most = within?.most ?? { width: 0, height: 0 }
  const { width, height } = roundExtent(reply)
  const isTooWide = most.width > 0 && width > most.width
  const isTooHigh = most.height > 0 && height > most.height
  if (isTooWide || isTooHigh) throw new OperationError('view_too_large', { width, height, most })
}
