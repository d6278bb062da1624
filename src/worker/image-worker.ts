import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Action, Rendition, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import { RenditionError } from '../contract/errors.ts'
import type { RenditionFile } from '../renditions/image.ts'
import type { Instructions } from '../renditions/instructions.ts'
import { startRenditions } from '../renditions/render.ts'
import { readMaxPixels } from './action-inputs.ts'
import { createSdkAction } from './sdk-action.ts'
import { toSdkError } from './sdk-errors.ts'
import { downloadWatermark } from './watermark-download.ts'

/**
 * The `main` of the action that makes image renditions. All that the instructions ask for is done in one go from the
 * source, so there is nothing left to post-process.
 *
 * The SDK asks for one rendition at a time and uploads it before it asks for the next. The first call starts all of
 * them, so that the others are made while the first is on its way.
 */
export function createImageWorker(): Action {
  // An activation is known by its params, the one object that all its calls get. A warm process may have several.
  const activations = new WeakMap<WorkerParams, readonly Promise<RenditionFile>[]>()

  return createSdkAction(
    async (source, rendition, params) => {
      const files = activations.get(params) ?? startActivation(source, rendition, params)
      activations.set(params, files)
      await deliver(files[rendition.index], rendition)
    },
    (error) => toSdkError(error, 'image_worker'),
  )
}

function startActivation(
  source: Source | undefined,
  { directory }: Rendition,
  params: WorkerParams,
): readonly Promise<RenditionFile>[] {
  if (source === undefined) {
    throw new RenditionError(
      'SourceUnsupported',
      'An image rendition needs a source; the request has none.',
    )
  }
  // The SDK fails a download that fails, but makes no file of one that brings no bytes.
  if (!existsSync(source.path))
    throw new RenditionError('SourceCorrupt', 'The source file is empty.')
  // The SDK tells the path of a rendition only when it asks for it, so until then each one has a name of our own. A
  // file that is never asked for goes when the SDK clears the folder.
  const orders = params.renditions.map((instructions, index) => ({
    instructions: withoutFalseFormat(instructions),
    path: join(directory, `pending${index}`),
  }))
  return startRenditions(source.path, orders, {
    maxPixels: readMaxPixels(params),
    loadWatermark: downloadWatermark,
  })
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

/** The SDK writes `fmt: false` into a rendition that came without; to the sender that is still a missing fmt. */
function withoutFalseFormat({ fmt, ...others }: Instructions): Instructions {
  return fmt === false ? others : { fmt, ...others }
}
