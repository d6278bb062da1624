import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Action, Rendition, RenditionCallback, WorkerParams } from '@adobe/asset-compute-sdk'
import { OperationError } from '../base/operation-error.ts'
import { DRAWN_FORMATS } from '../contract/actions.ts'
import { createPictures } from '../engine/pictures/pictures.ts'
import { readMaxPixels } from './parameters.ts'
import { readPictureOptions } from './picture-outline.ts'
import { RenditionError } from './rendition-error.ts'
import { makeRendition, prepareJob } from './rendition-job.ts'
import { createSdkAction } from './sdk-action.ts'
import { toRenditionError, toSdkError } from './sdk-errors.ts'
import { requireTestMark } from './test-files.ts'

/**
 * Makes the `main` of an action of your own, as the SDK's `worker()` does, with the post-processing that the SDK documents
 * and without the ImageMagick that it wants for it.
 *
 * The callback writes a picture to `rendition.path`, in any format that sources may have: the name of the file does not
 * matter, and a format without loss is best. When it also sets `rendition.postProcess = true`, everything that the
 * instructions ask for is then applied to the picture: fmt, crop, width, height, quality, interlace, dpi, convertToDpi,
 * watermark and the rest. When it does not, the file is uploaded as it is, whatever the instructions say.
 *
 * @example
 * export const main = worker(async (source, rendition) => {
 *   await sharp(source.path).greyscale().png().toFile(rendition.path)
 *   rendition.postProcess = true
 * })
 */
export function worker(callback: RenditionCallback): Action {
  return createSdkAction(
    async (source, rendition, params) => {
      await callback(source, rendition, params)
      if (rendition.postProcess) await postProcess(rendition, params)
    },
    // What the callback throws goes to the SDK as it is.
    (error) => (isOurs(error) ? toSdkError(error, 'post_processing') : error),
  )
}

async function postProcess(rendition: Rendition, params: WorkerParams): Promise<void> {
  const { instructions, path, directory, index } = rendition
  // As in the SDK: there is nothing to post-process in a rendition that is no picture, and that there is none it reports.
  const fmt = String(instructions['fmt']).toLowerCase()
  if (!DRAWN_FORMATS.some((name) => name === fmt) || !existsSync(path)) return
  const intermediate = join(directory, `intermediate${index}`)
  await rename(path, intermediate)
  try {
    requireTestMark(instructions)
    const pictures = createPictures({ maxPixels: readMaxPixels(params), previews: false })
    const job = prepareJob(rendition, [{ path: intermediate }])
    await makeRendition(pictures, job, readPictureOptions(instructions), rendition)
  } catch (error) {
    throw blameWorker(error)
  } finally {
    await rm(intermediate, { force: true })
  }
}

function isOurs(error: unknown): boolean {
  return error instanceof RenditionError || error instanceof OperationError
}

/** What is wrong with the intermediate picture is no fault of the source, which is all that the sender can change. */
function blameWorker(failure: unknown): unknown {
  const error = toRenditionError(failure)
  if (!(error instanceof RenditionError) || !error.reason.startsWith('Source')) return error
  return new RenditionError(
    'GenericError',
    `The picture that the worker has written cannot be post-processed. ${error.message}`,
    { cause: error },
  )
}
