import type { Composition, Content, Extent, Layer, View } from '../engine/layers/composition.ts'

/**
 * What is shown by a request for `img`, `tmb` or `mask`.
 *
 * @param kind - in small letters
 * @param thumbnail - the size of a thumbnail unless its request says one
 */
export function composeKind(
  composition: Composition,
  kind: string,
  thumbnail: Extent,
): Composition {
  if (kind === 'tmb') return { ...composition, view: viewOfThumbnail(composition.view, thumbnail) }
  return kind === 'mask' ? composeMask(composition) : composition
}

/** The whole picture in a rectangle of a size that is always known (r-view-transform-for-thumbnails). */
function viewOfThumbnail(view: View, thumbnail: Extent): View {
  if (view.factor !== undefined) return view
  return {
    ...view,
    width: view.width ?? thumbnail.width,
    height: view.height ?? thumbnail.height,
    fit: { mode: 'fit', enlarge: true },
  }
}

const WHITE = { red: 255, green: 255, blue: 255, alpha: 255 }
const BLACK = { red: 0, green: 0, blue: 0, alpha: 255 }

/** What is opaque becomes white, and what is transparent black. */
function composeMask(composition: Composition): Composition {
  const shape = { ...composition, view: { ...composition.view, transparent: true } }
  const { layers, composite } = composeContent({ kind: 'composition', composition: shape })
  const [layer] = layers
  // As bright as can be is white, whatever it was before.
  const white = { ...layer, adjustments: [{ op: 'brightness', amount: 100 }] } as const
  return { layers: [white], composite, view: { ...WHOLE, background: BLACK } }
}

/** A file as it is, in its own size. */
export function composeFile(object: string): Composition {
  return composeContent({ kind: 'picture', object })
}

/** A picture as it is, but no larger than a box, for whoever only looks at it: what it is like depends on no other size than its own. */
export function composeWithin(composition: Composition, { width, height }: Extent): Composition {
  const { background, transparent } = composition.view
  const shown = { ...composition.view, transparent: true, within: undefined }
  const whole = composeContent({
    kind: 'composition',
    composition: { ...composition, view: shown },
  })
  const fit = { mode: 'constrain', enlarge: false } as const
  return { ...whole, view: { ...WHOLE, width, height, fit, background, transparent } }
}

function composeContent(content: Content): Composition {
  const layer: Layer = {
    content,
    maskUse: 'norm',
    rotation: 0,
    blendMode: 'norm',
    position: { in: 'pixels', x: 0, y: 0 },
    hidden: false,
    ...UNTREATED,
  }
  return { layers: [layer], composite: UNTREATED, view: WHOLE }
}

const UNTREATED = {
  clips: [],
  adjustments: [],
  sharpening: [],
  opacity: 100,
  fillOpacity: 100,
  effects: [],
} as const

/** All of a composite, as it is. */
const WHOLE: View = {
  fit: undefined,
  align: { x: 0, y: 0 },
  density: 1,
  background: WHITE,
  transparent: false,
  resampling: 'sharp2',
  within: undefined,
}
