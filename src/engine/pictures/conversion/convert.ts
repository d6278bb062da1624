import { rm } from 'node:fs/promises'
import { createThread } from '../../../tasks/thread.ts'
import { type Conversion, type ConversionRequest, MAX_CONVERTED_PIXELS } from './conversion.ts'
import type { convertHere } from './magick-decode.ts'

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
export function createConverter({ thread = THREAD, longestMs = LONGEST_CONVERSION_MS } = {}): (
  request: ConversionRequest,
  signal?: AbortSignal,
) => Promise<Conversion> {
  const { run } = createThread<typeof convertHere>({
    module: thread,
    longestMs,
    mostHeldBytes: MOST_HELD_BYTES,
  })

  return async (request, signal) => {
    let conversion: Conversion | undefined
    try {
      const maxPixels = Math.min(request.maxPixels, MAX_CONVERTED_PIXELS)
      const task = { ...request, maxPixels }
      conversion = await run(task, signal).catch(async (error: unknown) => {
        if (!isTrap(error)) throw error
        // It may be a file before this one that has damaged the memory, so that a new thread tries again.
        return run(task, signal)
      })
    } catch (error) {
      if (!isTrap(error)) throw error
      conversion = { outcome: 'corrupt', cause: error }
    } finally {
      if (conversion?.outcome !== 'converted') await rm(request.tiffPath, { force: true })
    }
    return conversion ?? { outcome: 'too slow', seconds: longestMs / 1000 }
  }
}

/** Whether damage has led a decoder out of its memory, of which a thread ends; between threads errors lose their class. */
function isTrap(error: unknown): boolean {
  return error instanceof Error && error.stack?.startsWith('RuntimeError: ') === true
}

/**
 * Converts a source to an uncompressed TIFF file that has nothing but its pixels with 8 bits a sample, its colour
 * profile and its resolution.
 *
 * @throws whatever is not about the source, such as a full disk
 */
export const convertToTiff = createConverter()
