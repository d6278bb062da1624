import { existsSync } from 'node:fs'
import {
  type Action,
  type RenditionCallback,
  type WorkerParams,
  worker,
} from '@adobe/asset-compute-sdk'
import { PICTURE_FORMATS } from '../contract/formats.ts'
import { readEmbedLimit } from './embed-limit.ts'
import { prepareUpload } from './upload.ts'

/**
 * An action of the SDK in which the SDK does not post-process: for that it runs ImageMagick and exiftool, which Adobe I/O
 * Runtime does not have.
 *
 * The SDK is told that the callback writes every format itself. It would otherwise ask for a PNG in place of any of them,
 * and upload that under the name and type of what was asked for.
 *
 * @param toError - makes of whatever was thrown what the SDK shall see
 */
export function createSdkAction(
  callback: RenditionCallback,
  toError: (error: unknown) => unknown,
): Action {
  const action = worker(
    async (source, rendition, params) => {
      try {
        clearFalseFormats(params)
        readEmbedLimit(rendition)
        await callback(source, rendition, params)
        if (existsSync(rendition.path)) await prepareUpload(rendition)
      } catch (error) {
        throw toError(error)
      } finally {
        rendition.postProcess = false
      }
    },
    { supportedRenditionFormats: PICTURE_FORMATS },
  )
  return async (params) => {
    requireRenditions(params)
    return action(params)
  }
}

/** Who invokes an action by hand is told what it wants; the SDK fails on what is undefined then. It answers web calls itself. */
function requireRenditions(params: object): void {
  if ('__ow_method' in params || Array.isArray(Reflect.get(params, 'renditions'))) return
  throw new Error('renditions is missing; the parameters must be {source, renditions}.')
}

/** The SDK writes `fmt: false` into a rendition that came without; to the sender that is still a missing fmt. */
function clearFalseFormats({ renditions }: WorkerParams): void {
  for (const instructions of renditions) {
    if (instructions['fmt'] === false) delete instructions['fmt']
  }
}
