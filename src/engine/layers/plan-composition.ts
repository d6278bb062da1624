import { readClip } from './clip-path.ts'
import type { Composition, Mask } from './composition.ts'
import type { LayerPicture } from './layer-picture.ts'
import type { LayerTools } from './layer-tools.ts'
import { pictureOfComposition } from './nested-picture.ts'
import { type Ground, planLayer } from './plan-layer.ts'
import type { PlannedComposition, PlannedLayer } from './planned.ts'

/**
 * Opens all that a composition shows, and tells how large and where each layer is. Texts are drawn, since their size follows
 * from their letters; nothing else is decoded.
 *
 * @throws {@link OperationError} when a source cannot be opened, or a layer is impossible
 */
export async function planComposition(
  composition: Composition,
  tools: LayerTools,
): Promise<PlannedComposition> {
  const opened = new Map<string, Promise<LayerPicture>>()
  return plan(composition, tools, async (object) => {
    const picture = opened.get(object) ?? tools.open(object)
    opened.set(object, picture)
    return picture
  })
}

async function plan(
  composition: Composition,
  tools: LayerTools,
  openObject: LayerTools['open'],
): Promise<PlannedComposition> {
  const open = async (content: Mask): Promise<LayerPicture> => {
    if (content.kind === 'picture') return openObject(content.object)
    return pictureOfComposition(await plan(content.composition, tools, openObject), tools)
  }
  const [first, ...others] = composition.layers
  const lowest = await planLayer({ layer: first, index: 0 }, undefined, { open, tools })
  const { width, height } = lowest.planned.box
  const ground: Ground = { width, height, origin: lowest.origin }
  const layers: PlannedLayer[] = first.hidden ? [] : [lowest.planned]
  for (const [index, layer] of others.entries()) {
    tools.signal.throwIfAborted()
    if (layer.hidden) continue
    const { planned } = await planLayer({ layer, index: index + 1 }, ground, { open, tools })
    layers.push(planned)
  }
  return {
    composition,
    canvas: { width, height },
    layers,
    clips: composition.composite.clips.map(readClip),
  }
}
