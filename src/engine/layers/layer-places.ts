import type { Extent, Point, Rectangle, Resampling } from './composition.ts'
import { type CropView, checkCrop } from './crop-view.ts'
import { type Frame, isDirect } from './frame.ts'
import {
  intersect,
  mirror,
  scaleBetween,
  scaleExtent,
  scaleRectangle,
  seenFrom,
  whole,
} from './geometry.ts'
import type { PlannedLayer } from './planned.ts'
import { requirePixels } from './require-pixels.ts'
import { positiveAngle } from './turn.ts'

/** Where a layer is made in a frame, in pixels of the frame's composite. */
export interface LayerPlaces {
  /** By what lengths of the composite are multiplied. */
  readonly scale: Point
  /** What is made of the layer's rectangle. */
  readonly area: Rectangle
  /** Its content, without what extends it. */
  readonly inner: Rectangle
  /** What is decoded for it. */
  readonly content: CropView
}

/**
 * Tells what of a layer is made in a frame.
 *
 * @param window - what of the frame is wanted, before it is mirrored
 * @returns undefined when nothing of it is to be seen there
 */
export function placeLayer(
  planned: PlannedLayer,
  { scaled, window }: Frame,
  { canvas, resampling }: { readonly canvas: Extent; readonly resampling: Resampling },
): LayerPlaces | undefined {
  const { crop, layer } = planned
  const scale = scaleBetween(canvas, scaled)
  const box = scaleRectangle(planned.box, scale)
  const inner = scaleRectangle(planned.inner, scale)
  if (isDirect(planned)) {
    const area = intersect(box, window)
    if (area === undefined) return undefined
    const shown = intersect(area, inner) ?? { x: inner.x, y: inner.y, width: 1, height: 1 }
    const part = mirror(seenFrom(inner, shown), inner, layer.flip)
    const size = { width: inner.width, height: inner.height }
    return { scale, area, inner, content: { crop, size, window: part, resampling } }
  }
  // What is in perspective can reach as far as it likes.
  const area = planned.corners ? intersect(box, whole(scaled)) : box
  if (area === undefined) return undefined
  const size = contentSize(planned, inner, scale)
  return { scale, area, inner, content: { crop, size, window: whole(size), resampling } }
}

/** How large the content is made that is turned then, or drawn in perspective. */
function contentSize(
  { size, turned, corners, layer }: PlannedLayer,
  inner: Extent,
  scale: Point,
): Extent {
  if (corners !== undefined) {
    const [first, second, third, fourth] = corners
    const width = Math.max(distance(first, second, scale), distance(fourth, third, scale))
    const height = Math.max(distance(first, fourth, scale), distance(second, third, scale))
    const factor = Math.min(1, Math.max(width / turned.width, height / turned.height))
    return scaleExtent(size, { x: factor, y: factor })
  }
  const angle = positiveAngle(layer.rotation)
  if (angle % 180 === 0) return { width: inner.width, height: inner.height }
  if (angle % 90 === 0) return { width: inner.height, height: inner.width }
  return scaleExtent(size, scale)
}

function distance(one: Point, other: Point, scale: Point): number {
  return Math.hypot((one.x - other.x) * scale.x, (one.y - other.y) * scale.y)
}

/** @throws {@link OperationError} when a layer would take more pixels at one of its steps than there may be */
export function checkLayer(planned: PlannedLayer, places: LayerPlaces, maxPixels: number): void {
  const { area, inner, content } = places
  requirePixels(area, maxPixels)
  requirePixels(content.window, maxPixels)
  if (!isDirect(planned) && planned.corners === undefined) requirePixels(inner, maxPixels)
  checkCrop(planned.picture, content)
}
