import type { ReadClip } from './clip-path.ts'
import type { Composition, Extent, Layer, Point, Rectangle } from './composition.ts'
import type { LayerPicture } from './layer-picture.ts'

/** A layer whose sizes and places are known, all in pixels of the composite before the view is scaled. */
export interface PlannedLayer {
  readonly layer: Layer
  /** Its place among the layers of its composition, from 0. */
  readonly index: number
  /** What it shows, with its mask. */
  readonly picture: LayerPicture
  /** What of that it shows, in whole pixels of it; may reach beyond it. */
  readonly crop: Rectangle
  /** How large that becomes. */
  readonly size: Extent
  /** By what the picture is scaled for that. */
  readonly factor: number
  /** How large the rectangle around it is, after it was turned. */
  readonly turned: Extent
  /** Where the corners of that go, on the composite; undefined where it stays flat. */
  readonly corners: readonly [Point, Point, Point, Point] | undefined
  /** Its content on the composite, without what extends it. */
  readonly inner: Rectangle
  /** All of it on the composite. */
  readonly box: Rectangle
  /** In pixels of `inner`, whose upper left has the coordinates `clipOrigin`. */
  readonly clips: readonly ReadClip[]
  readonly clipOrigin: Point
}

/** A composition whose sources are open, and of which it is known where everything is. */
export interface PlannedComposition {
  readonly composition: Composition
  /** How large the composite is: as large as the first layer. */
  readonly canvas: Extent
  /** Those that are shown, the lowest first. */
  readonly layers: readonly PlannedLayer[]
  /** Of all together. */
  readonly clips: readonly ReadClip[]
}
