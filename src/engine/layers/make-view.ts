import { join } from 'node:path'
import { OperationError } from '../../base/operation-error.ts'
import { identifyPicture } from '../pictures/identify-picture.ts'
import { probeSource } from '../pictures/probe.ts'
import { drawText } from '../typesetting/draw-text.ts'
import { encodeView } from './encode/encode-view.ts'
import type { Encoding } from './encoding.ts'
import type { LayerPicture } from './layer-picture.ts'
import type { LayerTools } from './layer-tools.ts'
import { adjust } from './pixels/adjust.ts'
import { sharpen } from './pixels/sharpen.ts'
import { type PreparedView, prepareView } from './render-view.ts'
import { openSourcePicture } from './source-picture.ts'
import type { LayerFile, MadeView, ViewOrder } from './view-order.ts'

/**
 * Makes the file of a view; what is too large is refused before anything is decoded.
 *
 * @param options.folder - for what has to be a file on the way; whoever asks empties it
 * @param options.maxPixels - the most of a source, and of any picture on the way
 * @throws {@link OperationError} when something is wrong with a file or with what is asked for
 */
export async function makeView(
  { composition, encoding, files, mostPixels = Number.POSITIVE_INFINITY }: ViewOrder,
  options: { readonly folder: string; readonly maxPixels: number; readonly signal: AbortSignal },
): Promise<MadeView> {
  const { maxPixels, signal } = options
  const tools: LayerTools = {
    open: openEach(files, options),
    drawText: async (text, size) => {
      const { width, height, pixels } = await drawText(text, size, { signal })
      return { width, height, channels: 4, pixels: Buffer.from(pixels.buffer) }
    },
    adjust: (raster, adjustments, scale) => adjust(raster, adjustments, scale, signal),
    sharpen: (raster, sharpening, scale) => sharpen(raster, sharpening, scale, signal),
    maxPixels,
    signal,
  }
  const prepared = await prepareView(composition, tools)
  const { composite, view } = prepared
  const isMade = view.width * view.height <= mostPixels
  const bytes = isMade ? encoding && (await encode(prepared, encoding, signal)) : undefined
  return { bytes, composite, view }
}

async function encode(
  { alone, render }: PreparedView,
  encoding: Encoding,
  signal: AbortSignal,
): Promise<Buffer> {
  if (alone !== undefined) {
    try {
      return await encodeView(alone, encoding, { signal })
    } catch (error) {
      signal.throwIfAborted()
      const isTold = error instanceof OperationError && error.code !== 'rendition_failed'
      if (isTold) throw error
      // Step by step it is told of which of them it is that something is wrong.
    }
  }
  return encodeView(await render(), encoding, { signal })
}

function openEach(
  files: ViewOrder['files'],
  options: { readonly folder: string; readonly maxPixels: number; readonly signal: AbortSignal },
): (object: string) => Promise<LayerPicture> {
  let opened = 0
  return async (object) => {
    const file = files[object]
    if (file === undefined) throw new RangeError(`there is no file of ${object}`)
    opened += 1
    return openLayerFile(file, { ...options, number: opened })
  }
}

/**
 * Opens a file as a picture that can be shown.
 *
 * @param options.number - of those that are opened in the same folder
 * @throws {@link OperationError} when something is wrong with it
 */
export async function openLayerFile(
  { path, name, page = 1 }: LayerFile,
  options: {
    readonly folder: string
    readonly maxPixels: number
    readonly signal: AbortSignal
    readonly number: number
  },
): Promise<LayerPicture> {
  const { folder, maxPixels, signal, number } = options
  const source = await probeSource(
    await identifyPicture(path, { name }),
    { page, password: undefined },
    { maxPixels, workFolder: join(folder, `converted${number}`), signal },
  )
  return openSourcePicture(source, maxPixels)
}
