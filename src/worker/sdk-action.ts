import {
  type Action,
  type RenditionCallback,
  type WorkerParams,
  worker,
} from '@adobe/asset-compute-sdk'
import { isRecord } from '../contract/record.ts'
import { FORMAT_NAMES } from '../renditions/formats.ts'
import { readEmbedLimit } from './embed-limit.ts'

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
      } catch (error) {
        throw toError(error)
      } finally {
        rendition.postProcess = false
      }
    },
    { supportedRenditionFormats: FORMAT_NAMES },
  )
  return (params) => {
    hidePasswords(params)
    return action(params)
  }
}

/** The SDK writes `fmt: false` into a rendition that came without; to the sender that is still a missing fmt. */
function clearFalseFormats({ renditions }: WorkerParams): void {
  for (const instructions of renditions) {
    if (instructions['fmt'] === false) delete instructions['fmt']
  }
}

/**
 * Has the `password` of a rendition left out wherever the SDK copies its instructions: into its log, its events and its
 * metrics. A web call passes its renditions on to the activation that does the work, so there nothing is hidden yet.
 */
function hidePasswords(params: unknown): void {
  if (!isRecord(params) || '__ow_method' in params || !Array.isArray(params['renditions'])) return
  const renditions: unknown[] = params['renditions']
  for (const instructions of renditions) {
    if (isRecord(instructions) && 'password' in instructions) {
      Object.defineProperty(instructions, 'password', { enumerable: false })
    }
  }
}
