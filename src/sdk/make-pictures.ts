import type { Rendition, RenditionCallback, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import type { OutputFile } from '../engine/operation.ts'
import { createPictures } from '../engine/pictures/pictures.ts'
import { readMaxPixels } from './action-inputs.ts'
import { readPictureOptions } from './picture-outline.ts'
import { deliver, prepareJob, startJob } from './rendition-job.ts'
import { requireSource } from './require-source.ts'

/**
 * Makes a callback that makes pictures, with all that the instructions ask for done in one go from the source, so there
 * is nothing left to post-process.
 *
 * The SDK asks for one rendition at a time and uploads it before it asks for the next. The first call starts all of
 * them, so that the others are made while the first is on its way.
 */
export function createPictureCallback(): RenditionCallback {
  // An activation is known by its params, the one object that all its calls get. A warm process may have several.
  const activations = new WeakMap<WorkerParams, readonly Promise<OutputFile>[]>()

  return async (source, rendition, params) => {
    const files = activations.get(params) ?? startActivation(source, rendition, params)
    activations.set(params, files)
    const file = files[rendition.index]
    if (file === undefined) throw new RangeError(`the request has no rendition ${rendition.index}`)
    await deliver(await file, rendition)
  }
}

function startActivation(
  source: Source | undefined,
  rendition: Rendition,
  params: WorkerParams,
): readonly Promise<OutputFile>[] {
  const path = requireSource(source, 'An image rendition')
  const pictures = createPictures({ maxPixels: readMaxPixels(params) })
  return startJob(
    pictures,
    prepareJob(rendition, [{ path }]),
    params.renditions,
    readPictureOptions,
  )
}
