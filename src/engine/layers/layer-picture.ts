import type { Extent, Rectangle, Resampling } from './composition.ts'
import type { Raster, Undecoded } from './raster.ts'

/** What is wanted of a picture: a window on a part of it, at the size to which that part is scaled. */
export interface PictureView {
  /** The part, in whole pixels of the picture and within it. */
  readonly region: Rectangle
  /** To how many pixels the part is scaled. */
  readonly size: Extent
  /** What of them is wanted: pixel for pixel what all of them would have there. */
  readonly window: Rectangle
  readonly resampling: Resampling
}

/** What a layer shows, or its mask, before anything was done to it. Width and height are those of its full resolution. */
export interface LayerPicture extends Extent {
  /** How many pixels its file says that a unit has. */
  readonly resolution?: number | undefined
  /**
   * Whether its pixels can be had, by arithmetic alone.
   *
   * @throws {@link OperationError} when that would take more memory than there may be
   */
  readonly check: (view: PictureView) => void
  /**
   * Makes the pixels of the window, and as little else as it can.
   *
   * @throws {@link OperationError} as `check` does, and when the source is damaged
   */
  readonly decode: (view: PictureView) => Promise<Raster>
  /** Gives the same before it is decoded, if it can be given so: it is opaque, and one pipeline makes it. */
  readonly open?: (view: PictureView) => Undecoded | undefined
}
