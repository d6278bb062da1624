import { rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { createQueue } from '../queue.ts'

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

/** What the thread answers to a {@link ConversionRequest}. */
export interface Reply {
  readonly conversion: Conversion
  /** The memory that the thread will keep, in bytes. */
  readonly heldBytes: number
}

/**
 * The largest picture that is converted, in pixels: one of a camera with 102 megapixels, and some more. While it is
 * decoded, up to 1.8 GB are in use.
 */
export const MAX_CONVERTED_PIXELS = 110_000_000

/** Five times what the slowest of the largest pictures takes on two cores of a cloud machine. */
const LONGEST_CONVERSION_MS = 60_000

/**
 * As much memory as a thread may keep for the next conversion, in bytes: what a photo of 12 megapixels has left.
 * WebAssembly gives none back before it ends.
 */
const MOST_HELD_BYTES = 256_000_000

const THREAD = new URL('./thread.ts', import.meta.url)

/**
 * Makes a function that converts files one after the other in a thread of its own, where a decoder that takes seconds
 * blocks nothing and one that fails harms nothing. The thread starts with the first file, stays for the next, and keeps
 * no process from ending.
 *
 * @param options.thread - the module that runs in the thread
 * @param options.longestMs - the time limit of one conversion
 */
export function createConverter({
  thread = THREAD,
  longestMs = LONGEST_CONVERSION_MS,
} = {}): (request: ConversionRequest) => Promise<Conversion> {
  const queue = createQueue(1)
  let idle: Worker | undefined

  function startThread(): Worker {
    // The options of the process are none of its business, and with some of them no thread starts.
    const worker = new Worker(thread, { execArgv: [] })
    // Nobody else listens while it is idle, and an error without a listener ends the process.
    worker.on('error', () => undefined)
    worker.on('exit', () => {
      if (idle === worker) idle = undefined
    })
    return worker
  }

  async function convert(request: ConversionRequest): Promise<Conversion> {
    const worker = idle ?? startThread()
    idle = undefined
    worker.ref()
    let reply: Reply | undefined
    try {
      const maxPixels = Math.min(request.maxPixels, MAX_CONVERTED_PIXELS)
      reply = await ask(worker, { ...request, maxPixels }, longestMs)
    } finally {
      if (reply && reply.heldBytes <= MOST_HELD_BYTES) {
        worker.unref()
        idle = worker
      } else {
        await worker.terminate()
      }
      if (reply?.conversion.outcome !== 'converted') await rm(request.tiffPath, { force: true })
    }
    return reply?.conversion ?? { outcome: 'too slow', seconds: longestMs / 1000 }
  }

  return (request) => queue.run(0, () => convert(request))
}

/**
 * Converts a source to an uncompressed TIFF file that has nothing but its pixels with 8 bits a sample, its colour
 * profile and its resolution.
 *
 * @throws whatever is not about the source, such as a full disk
 */
export const convertToTiff = createConverter()

/** @returns undefined when there was no answer in time */
async function ask(
  worker: Worker,
  request: ConversionRequest,
  longestMs: number,
): Promise<Reply | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Reply | undefined>()
  const fail = (): void => reject(new Error('The thread that converts has ended.'))
  const timer = setTimeout(() => resolve(undefined), longestMs)
  worker.on('message', resolve).on('error', reject).on('exit', fail)
  worker.postMessage(request)
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    worker.off('message', resolve).off('error', reject).off('exit', fail)
  }
}
