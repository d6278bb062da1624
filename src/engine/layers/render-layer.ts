import type { Sprite } from './blend.ts'
import { clipRaster } from './clip-raster.ts'
import type { Point } from './composition.ts'
import { decodeCrop } from './crop-view.ts'
import { drawEffects } from './effects.ts'
import { isDirect } from './frame.ts'
import { intersect, isSameExtent, roundOffset, seenFrom, whole } from './geometry.ts'
import type { LayerPlaces } from './layer-places.ts'
import type { LayerTools } from './layer-tools.ts'
import type { PlannedLayer } from './planned.ts'
import {
  cutRaster,
  emptyRaster,
  fadeRaster,
  fillBehind,
  fillRaster,
  flipRaster,
} from './raster-steps.ts'
import type { Raster } from './raster.ts'
import { openRaster, toRaster } from './sharp-raster.ts'
import { positiveAngle } from './turn.ts'
import { warpRaster } from './warp.ts'

/**
 * Makes a layer in a frame: what lies behind it, itself, and what lies on it, each to be blended with what is below. The steps are
 * those of {@link Layer}, in its order.
 */
export async function renderLayer(
  planned: PlannedLayer,
  places: LayerPlaces,
  tools: LayerTools,
): Promise<readonly Sprite[]> {
  const { layer, index } = planned
  const { area, scale } = places
  const opacity = (layer.opacity * layer.fillOpacity) / 10_000
  const content = await makeContent(planned, places, { opacity, tools })
  tools.signal.throwIfAborted()
  const radii = Math.min(scale.x, scale.y)
  const adjusted =
    layer.adjustments.length > 0 ? await tools.adjust(content, maskRadii(planned), radii) : content
  tools.signal.throwIfAborted()
  const sharpened =
    layer.sharpening.length > 0
      ? await tools.sharpen(adjusted, layer.sharpening, radii * planned.factor)
      : adjusted
  // What is behind the content was filled before, and does not fade with it (r-opac).
  const faded = layer.colour === undefined ? fadeRaster(sharpened, opacity) : sharpened
  const sprite = { at: area, blendMode: layer.blendMode, seed: index }
  const { outer, inner } = await drawEffects(sharpened, layer, { places, index, tools })
  const { background } = layer
  if (outer.length === 0) {
    return [{ ...sprite, raster: background ? fillBehind(faded, background) : faded }, ...inner]
  }
  const ground = background ? [{ ...sprite, raster: fillRaster(area, background) }] : []
  return [...ground, ...outer, { ...sprite, raster: faded }, ...inner]
}

/** The radius of a mask is said of the source before it was scaled (r-op-growmask). */
function maskRadii({ layer, factor }: PlannedLayer) {
  return layer.adjustments.map((each) =>
    each.op === 'growMask' && each.scaled ? { ...each, radius: each.radius * factor } : each,
  )
}

/** The content within the area of its layer: filled, mirrored, turned, clipped and extended. */
async function makeContent(
  planned: PlannedLayer,
  { area, inner, content, scale }: LayerPlaces,
  { opacity, tools }: { readonly opacity: number; readonly tools: LayerTools },
): Promise<Raster> {
  const { layer, picture, corners } = planned
  const decoded = await decodeCrop(picture, content)
  tools.signal.throwIfAborted()
  const { colour } = layer
  const filled = colour ? fillBehind(fadeRaster(decoded, opacity), colour) : decoded
  const flipped = flipRaster(filled, layer.flip)
  if (isDirect(planned)) {
    const shown = intersect(area, inner)
    return shown ? cutRaster(flipped, seenFrom(shown, area)) : emptyRaster(area)
  }
  const turned = await turnRaster(flipped, layer.rotation)
  tools.signal.throwIfAborted()
  const seen = corners
    ? warpRaster(turned, scaleCorners(corners, scale), area)
    : cutRaster(centre(turned, inner), seenFrom(inner, area))
  const place = {
    extent: planned.inner,
    origin: planned.clipOrigin,
    inner: seenFrom(area, inner),
  }
  return clipRaster(seen, planned.clips, place)
}

function scaleCorners(
  [first, second, third, fourth]: NonNullable<PlannedLayer['corners']>,
  scale: Point,
) {
  const move = ({ x, y }: Point): Point => ({ x: x * scale.x, y: y * scale.y })
  return [move(first), move(second), move(third), move(fourth)] as const
}

/** sharp turns what is premultiplied, and a quarter of a circle exactly. */
async function turnRaster(raster: Raster, degrees: number): Promise<Raster> {
  const angle = positiveAngle(degrees)
  if (angle === 0) return raster
  const isQuarter = angle % 90 === 0
  const image = isQuarter ? openRaster(raster) : openRaster(raster).ensureAlpha()
  return toRaster(image.rotate(angle, { background: { r: 0, g: 0, b: 0, alpha: 0 } }))
}

/** What was turned has the size that was computed for it, or a pixel more or less, of which nobody sees where it is. */
function centre(raster: Raster, to: { readonly width: number; readonly height: number }): Raster {
  if (isSameExtent(raster, to)) return raster
  const x = roundOffset((raster.width - to.width) / 2)
  const y = roundOffset((raster.height - to.height) / 2)
  return cutRaster(raster, { ...whole(to), x, y })
}
