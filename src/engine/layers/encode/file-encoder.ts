import type { Encoding } from '../encoding.ts'
import type { Raster, Undecoded } from '../raster.ts'
import { readRaster } from '../sharp-raster.ts'

/** What files are made with. */
export interface EncodeTools {
  /** Ends what can be ended: threads, and what comes after the present step of libvips. */
  readonly signal: AbortSignal
}

/**
 * Makes the bytes of a file in one format.
 *
 * @param picture - without transparency, unless the format has room for it in these colours
 */
export type FileEncoder = (
  picture: Raster | Undecoded,
  encoding: Encoding,
  tools: EncodeTools,
) => Promise<Buffer>

/** Does the same for a format whose files are made of all pixels at once. */
export type PixelEncoder = (
  raster: Raster,
  encoding: Encoding,
  tools: EncodeTools,
) => Promise<Buffer>

/** Has what is not yet decoded decoded before it is encoded. */
export function ofPixels(encode: PixelEncoder): FileEncoder {
  return async (picture, encoding, tools) => encode(await readRaster(picture), encoding, tools)
}
