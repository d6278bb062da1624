import type { TextContent } from '../typesetting/text-content.ts'
import type { Adjustment, Extent, Sharpening } from './composition.ts'
import type { LayerPicture } from './layer-picture.ts'
import type { Raster } from './raster.ts'

/** What compositions are made with. */
export interface LayerTools {
  /** Opens what a layer names, upright and without decoding it; it is asked once for each name. */
  readonly open: (object: string) => Promise<LayerPicture>
  /** Draws a text into a box; a length of 0, or no box, leaves it to the text how large that is. */
  readonly drawText: (text: TextContent, size: Extent | undefined) => Promise<Raster>
  /** @param scale - by what the raster is smaller than what the radii are said of */
  readonly adjust: (
    raster: Raster,
    adjustments: readonly Adjustment[],
    scale: number,
  ) => Promise<Raster>
  /** @param scale - as of `adjust` */
  readonly sharpen: (
    raster: Raster,
    sharpening: readonly Sharpening[],
    scale: number,
  ) => Promise<Raster>
  /** The most pixels that a raster may have, on the way as well as at the end. */
  readonly maxPixels: number
  /** Is looked at between two steps. */
  readonly signal: AbortSignal
}
