import { blend, type Sprite } from './blend.ts'
import { clipRaster } from './clip-raster.ts'
import type { Point, Rectangle } from './composition.ts'
import { drawEffects } from './effects.ts'
import type { Frame } from './frame.ts'
import { isSameExtent, mirror, scaleBetween, whole } from './geometry.ts'
import { checkLayer, placeLayer } from './layer-places.ts'
import type { LayerTools } from './layer-tools.ts'
import type { PlannedComposition } from './planned.ts'
import { emptyRaster, fadeRaster, flipRaster } from './raster-steps.ts'
import type { Raster } from './raster.ts'
import { renderLayer } from './render-layer.ts'
import { requirePixels } from './require-pixels.ts'

/** @throws {@link OperationError} when one of the layers would take more pixels than there may be */
export function checkComposite(planned: PlannedComposition, frame: Frame, maxPixels: number): void {
  requirePixels(frame.window, maxPixels)
  for (const { layer, places } of placeLayers(planned, frame)) checkLayer(layer, places, maxPixels)
}

/** Makes what a frame shows of a composition: its layers over each other, and then what is done to them together. */
export async function renderComposite(
  planned: PlannedComposition,
  frame: Frame,
  tools: LayerTools,
): Promise<Raster> {
  const { composition, canvas } = planned
  const { composite } = composition
  const before = mirror(frame.window, frame.scaled, composite.flip)
  const pile = new Pile(before)
  for (const { layer, places } of placeLayers(planned, frame)) {
    tools.signal.throwIfAborted()
    for (const sprite of await renderLayer(layer, places, tools)) pile.lay(sprite)
  }
  tools.signal.throwIfAborted()
  const scale = scaleBetween(canvas, frame.scaled)
  const all = { ...whole(frame.scaled), x: -frame.window.x, y: -frame.window.y }
  const clipped = await clipRaster(flipRaster(pile.raster(), composite.flip), planned.clips, {
    extent: canvas,
    origin: { x: 0, y: 0 },
    inner: all,
  })
  const radii = Math.min(scale.x, scale.y)
  const adjusted =
    composite.adjustments.length > 0
      ? await tools.adjust(clipped, composite.adjustments, radii)
      : clipped
  const faded = fadeRaster(adjusted, (composite.opacity * composite.fillOpacity) / 10_000)
  if (composite.effects.length === 0) return faded
  const places = { area: frame.window, inner: whole(frame.scaled), scale }
  const { outer, inner } = await drawEffects(adjusted, composite, { places, index: -1, tools })
  const together = new Pile(frame.window)
  const middle: Sprite = { raster: faded, at: frame.window, blendMode: 'norm', seed: 0 }
  for (const sprite of [...outer, middle, ...inner]) together.lay(sprite)
  return together.raster()
}

/** The layers that are to be seen in a frame, and where in it. */
function placeLayers({ layers, canvas, composition }: PlannedComposition, frame: Frame) {
  const { resampling } = composition.view
  const { flip } = composition.composite
  const before = { ...frame, window: mirror(frame.window, frame.scaled, flip) }
  return layers.flatMap((layer) => {
    const places = placeLayer(layer, before, { canvas, resampling })
    return places ? [{ layer, places }] : []
  })
}

/** What lies over each other in a window. The lowest is taken as it is when it fills the window, and nothing is over it. */
class Pile {
  readonly #window: Rectangle
  #raster: Raster | undefined
  #isOwn = false

  constructor(window: Rectangle) {
    this.#window = window
  }

  lay(sprite: Sprite): void {
    if (this.#raster === undefined && fills(sprite, this.#window)) {
      this.#raster = sprite.raster
      return
    }
    blend(this.#own(), sprite, this.#window)
  }

  raster(): Raster {
    return this.#raster ?? emptyRaster(this.#window)
  }

  #own(): Raster {
    const { width, height } = this.#window
    const raster = this.#raster ?? emptyRaster({ width, height })
    const own = this.#isOwn ? raster : { ...raster, pixels: Buffer.from(raster.pixels) }
    this.#raster = own
    this.#isOwn = true
    return own
  }
}

function fills({ raster, at, blendMode }: Sprite, window: Rectangle & Point): boolean {
  return (
    blendMode !== 'dissolve' &&
    at.x === window.x &&
    at.y === window.y &&
    isSameExtent(raster, window)
  )
}
