import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Rendition, RenditionCallback, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import { needsPreview, writePreview } from '../engine/pages/preview.ts'
import type { RenditionFile } from '../engine/pictures/image.ts'
import { startRenditions } from '../engine/pictures/render.ts'
import { type IdentifiedSource, identifySource } from '../sources/identify.ts'
import { readMaxPixels } from './action-inputs.ts'
import { requireSource } from './require-source.ts'
import { downloadWatermark } from './watermark-download.ts'

/**
 * Makes a callback that makes pictures, with all that the instructions ask for done in one go from the source, so there
 * is nothing left to post-process.
 *
 * The SDK asks for one rendition at a time and uploads it before it asks for the next. The first call starts all of
 * them, so that the others are made while the first is on its way.
 */
export function createPictures(): RenditionCallback {
  // An activation is known by its params, the one object that all its calls get. A warm process may have several.
  const activations = new WeakMap<WorkerParams, Promise<readonly Promise<RenditionFile>[]>>()

  return async (source, rendition, params) => {
    const files = activations.get(params) ?? startActivation(source, rendition, params)
    activations.set(params, files)
    await deliver((await files)[rendition.index], rendition)
  }
}

async function startActivation(
  source: Source | undefined,
  { directory }: Rendition,
  params: WorkerParams,
): Promise<readonly Promise<RenditionFile>[]> {
  const file = await identifySource(requireSource(source, 'An image rendition'))
  const picture = await toPicture(file, directory, params)
  // The SDK tells the path of a rendition only when it asks for it, so until then each one has a name of our own. A
  // file that is never asked for goes when the SDK clears the folder.
  const orders = params.renditions.map((instructions, index) => ({
    instructions,
    path: join(directory, `pending${index}`),
  }))
  return startRenditions(picture, orders, {
    maxPixels: readMaxPixels(params),
    loadWatermark: downloadWatermark,
  })
}

/** @returns what pictures are made of: the source, or a preview of it in the folder */
async function toPicture(
  source: IdentifiedSource,
  directory: string,
  { renditions }: WorkerParams,
): Promise<IdentifiedSource> {
  if (!needsPreview(source)) return source
  const previewPath = join(directory, 'preview')
  const password = renditions.map((each) => each['password']).find(isText)
  await writePreview({ source, previewPath, password })
  return identifySource(previewPath)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

async function deliver(
  file: Promise<RenditionFile> | undefined,
  rendition: Rendition,
): Promise<void> {
  if (file === undefined) throw new RangeError(`the request has no rendition ${rendition.index}`)
  const { path, mediaType } = await file
  await rename(path, rendition.path)
  await rendition.setContentType(mediaType, 'binary')
}
