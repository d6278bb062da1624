import type { Encoding } from '../encoding.ts'
import type { Raster } from '../raster.ts'

/** What files are made with. */
export interface EncodeTools {
  /** Ends what can be ended: threads, and what comes after the present step of libvips. */
  readonly signal: AbortSignal
}

/**
 * Makes the bytes of a file in one format.
 *
 * @param raster - without transparency, unless the format has room for it in these colours
 */
export type FileEncoder = (
  raster: Raster,
  encoding: Encoding,
  tools: EncodeTools,
) => Promise<Buffer>
