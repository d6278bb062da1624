import type { Sprite } from './blend.ts'
import type { Adjustment, Effect, Point, Treatment } from './composition.ts'
import { grow, offsetOf, roundOffset, shift, whole } from './geometry.ts'
import type { LayerPlaces } from './layer-places.ts'
import type { LayerTools } from './layer-tools.ts'
import type { Raster } from './raster.ts'

/** Where the effects of something are made. */
export interface EffectPlaces extends Pick<LayerPlaces, 'area' | 'scale' | 'inner'> {}

/**
 * Draws the shadows and glows of a layer, or of the composite (r-layer-effects): each has the shape of its alpha, grown, blurred
 * and moved. The outer ones are seen where it is not, the inner ones where it is; so an inner one begins as what is
 * outside of the shape.
 *
 * @param parent - what they belong to, before it fades
 */
export async function drawEffects(
  parent: Raster,
  { effects, opacity }: Pick<Treatment, 'effects' | 'opacity'>,
  {
    places,
    index,
    tools,
  }: { readonly places: EffectPlaces; readonly index: number; readonly tools: LayerTools },
): Promise<{ readonly outer: readonly Sprite[]; readonly inner: readonly Sprite[] }> {
  const outer: Sprite[] = []
  const inner: Sprite[] = []
  for (const effect of effects.toSorted((one, other) => one.order - other.order)) {
    tools.signal.throwIfAborted()
    const sprite = await drawEffect(parent, effect, { places, tools, opacity })
    const sprites = effect.order < 0 ? outer : inner
    sprites.push({ ...sprite, blendMode: effect.blendMode, seed: index * 1000 + effect.order })
  }
  return { outer, inner }
}

async function drawEffect(
  parent: Raster,
  effect: Effect,
  {
    places,
    tools,
    opacity,
  }: { readonly places: EffectPlaces; readonly tools: LayerTools; readonly opacity: number },
): Promise<Pick<Sprite, 'raster' | 'at'>> {
  const { area, scale } = places
  const radii = Math.min(scale.x, scale.y)
  const margin = marginOf(effect, radii)
  const shape = drawShape(parent, effect, margin)
  const adjusted =
    effect.adjustments.length > 0
      ? await tools.adjust(shape, effect.adjustments.map(ofMask), radii)
      : shape
  const moved = moveBy(effect, places)
  const rectangle = shift(grow(area, margin), moved)
  const faded = (opacity * effect.opacity) / 10_000
  // Where the upper left of the effect is in its parent.
  const at = { x: moved.x - margin, y: moved.y - margin }
  maskByParent(adjusted, parent, { at, isOuter: effect.order < 0, opacity: faded })
  return { raster: adjusted, at: { x: rectangle.x, y: rectangle.y } }
}

/** What an effect grows is its shape. */
function ofMask(adjustment: Effect['adjustments'][number]): Adjustment {
  return adjustment.op === 'grow'
    ? { op: 'growMask', radius: adjustment.radius, scaled: true }
    : adjustment
}

/** How far an effect can reach beyond what it belongs to. */
function marginOf({ adjustments }: Effect, scale: number): number {
  const reach = adjustments.map((each) => {
    if (each.op === 'noise') return 0
    return each.op === 'blur' ? 1.5 * each.radius : Math.max(0, each.radius)
  })
  return Math.ceil(reach.reduce((sum, each) => sum + each, 0) * scale) + 1
}

function moveBy({ offset }: Effect, { inner, scale }: EffectPlaces): Point {
  const pixels = offsetOf(offset, inner)
  return offset.in === 'parts'
    ? { x: roundOffset(pixels.x), y: roundOffset(pixels.y) }
    : { x: roundOffset(pixels.x * scale.x), y: roundOffset(pixels.y * scale.y) }
}

/** The colour of an effect, with the alpha of its parent, or with what is left of it (r-maskuse), and a margin around it. */
function drawShape(parent: Raster, { colour, maskUse, order }: Effect, margin: number): Raster {
  const { width, height } = grow(whole(parent), margin)
  const isOuter = order < 0
  const inverts = isOuter ? maskUse === 'invert' : maskUse === 'norm'
  // What is around the parent is outside of its shape.
  const around = !isOuter && inverts ? 255 : 0
  const { red, green, blue, alpha: strength } = colour
  const pixel = Buffer.from([red, green, blue, Math.round((around * strength) / 255)])
  const pixels = Buffer.alloc(width * height * 4, pixel)
  const step = parent.channels
  for (let y = 0; y < parent.height; y++) {
    let at = y * parent.width * step
    let to = ((y + margin) * width + margin) * 4 + 3
    for (let x = 0; x < parent.width; x++, at += step, to += 4) {
      const alpha = step === 4 ? (parent.pixels[at + 3] ?? 0) : 255
      const shape = maskUse === 'off' ? 255 : inverts ? 255 - alpha : alpha
      pixels[to] = Math.round((shape * strength) / 255)
    }
  }
  return { width, height, channels: 4, pixels }
}

/** Leaves of an effect what is beside its parent, or on it, and fades it. Changes its pixels. */
function maskByParent(
  { pixels, width, height }: Raster,
  parent: Raster,
  {
    at,
    isOuter,
    opacity,
  }: { readonly at: Point; readonly isOuter: boolean; readonly opacity: number },
): void {
  const step = parent.channels
  for (let row = 0, to = 3; row < height; row++) {
    const y = row + at.y
    for (let column = 0; column < width; column++, to += 4) {
      const x = column + at.x
      const isInside = x >= 0 && y >= 0 && x < parent.width && y < parent.height
      const index = (y * parent.width + x) * step + 3
      const alpha = isInside ? (step === 4 ? (parent.pixels[index] ?? 0) : 255) : 0
      const seen = isOuter ? 255 - alpha : alpha
      pixels[to] = Math.round(((pixels[to] ?? 0) * seen * opacity) / 255)
    }
  }
}
