import { existsSync } from 'node:fs'
import {
  type Action,
  type RenditionCallback,
  type WorkerParams,
  worker,
} from '@adobe/asset-compute-sdk'
import { PICTURE_FORMATS } from '../contract/formats.ts'
import { isRecord } from '../contract/record.ts'
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
  return (params) => {
    hideSecrets(params)
    return action(params)
  }
}

/** The SDK writes `fmt: false` into a rendition that came without; to the sender that is still a missing fmt. */
function clearFalseFormats({ renditions }: WorkerParams): void {
  for (const instructions of renditions) {
    if (instructions['fmt'] === false) delete instructions['fmt']
  }
}

/** What opens something: an encrypted source, or presigned URLs. */
const SECRETS = ['password', 'files']

/**
 * Has secrets left out wherever the SDK copies the instructions of a rendition: into its log, its events and its metrics,
 * as it does itself with the `target`. A web call passes its renditions on to the activation that does the work, so there
 * nothing is hidden yet.
 */
function hideSecrets(params: unknown): void {
  if (!isRecord(params) || '__ow_method' in params || !Array.isArray(params['renditions'])) return
  const renditions: unknown[] = params['renditions']
  for (const instructions of renditions.filter(isRecord)) {
    for (const name of SECRETS.filter((secret) => secret in instructions)) {
      Object.defineProperty(instructions, name, { enumerable: false })
    }
  }
}
