import { rm } from 'node:fs/promises'
import { createThread } from '../../../tasks/thread.ts'
import type { convertHere } from './magick-decode.ts'

/**
 * The formats that ImageMagick reads for libvips. PSD is PSB as well, SGI whatever has its magic number, and TIFF what
 * libvips knows no way to read, such as Lab with 8 bits.
 */
export type ConvertibleFormat = 'PSD' | 'HEIC' | 'BMP' | 'SGI' | 'ICO' | 'TIFF'

/** A source file, and the TIFF file to write. */
export interface ConversionRequest {
  readonly path: string
  readonly format: ConvertibleFormat
  readonly tiffPath: string
  /** The largest picture to decode; {@link MAX_CONVERTED_PIXELS} is a limit as well. */
  readonly maxPixels: number
}

/** What became of a request; there is a TIFF file when the source was converted, and none otherwise. */
export type Conversion =
  | { readonly outcome: 'converted' }
  | { readonly outcome: 'corrupt'; readonly cause: unknown }
  | {
      readonly outcome: 'too large'
      /** In pixels, as are the others. */
      readonly width: number
      readonly height: number
      readonly limit: number
    }
  | { readonly outcome: 'out of memory' }
  | { readonly outcome: 'too slow'; readonly seconds: number }

/**
 * The largest picture that is converted, in pixels: one of a camera with 102 megapixels, and some more. While it is
 * decoded, up to 1.8 GB are in use.
 */
export const MAX_CONVERTED_PIXELS = 110_000_000

/** Five times what the slowest of the largest pictures takes on two cores of a cloud machine. */
const LONGEST_CONVERSION_MS = 60_000

/** As much memory as a thread may keep for the next conversion, in bytes: what a photo of 12 megapixels has left. */
const MOST_HELD_BYTES = 256_000_000

const THREAD = new URL('./magick-thread.ts', import.meta.url)

/**
 * Makes a function that converts files in a {@link createThread thread} of its own.
 *
 * @param options.thread - the module that runs in the thread
 * @param options.longestMs - the time limit of one conversion
 */
export function createConverter({
  thread = THREAD,
  longestMs = LONGEST_CONVERSION_MS,
} = {}): (request: ConversionRequest, signal?: AbortSignal) => Promise<Conversion> {
  const { run } = createThread<typeof convertHere>({
    module: thread,
    longestMs,
    mostHeldBytes: MOST_HELD_BYTES,
  })

  return async (request, signal) => {
    let conversion: Conversion | undefined
    try {
      const maxPixels = Math.min(request.maxPixels, MAX_CONVERTED_PIXELS)
      conversion = await run({ ...request, maxPixels }, signal)
    } finally {
      if (conversion?.outcome !== 'converted') await rm(request.tiffPath, { force: true })
    }
    return conversion ?? { outcome: 'too slow', seconds: longestMs / 1000 }
  }
}

/**
 * Converts a source to an uncompressed TIFF file that has nothing but its pixels with 8 bits a sample, its colour
 * profile and its resolution.
 *
 * @throws whatever is not about the source, such as a full disk
 */
export const convertToTiff = createConverter()
