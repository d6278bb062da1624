import type { Extent, Rectangle } from '../engine/layers/composition.ts'
import type { LayerFile, MadeView, ViewOrder } from '../engine/layers/view-order.ts'

/** What a process is told to do: make a picture, or find what of one draws attention. */
export type RenderWork = {
  /** The most pixels of a source, and of any picture on the way. */
  readonly maxPixels: number
} & (
  | { readonly kind: 'view'; readonly order: ViewOrder }
  | { readonly kind: 'attention'; readonly file: LayerFile; readonly shapes: readonly Extent[] }
)

/** What comes of it, by its kind. */
export type RenderResult =
  | { readonly kind: 'view'; readonly view: MadeView }
  | { readonly kind: 'attention'; readonly parts: readonly Rectangle[] }
