import { type Action, type RenditionCallback, worker } from '@adobe/asset-compute-sdk'
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
  return worker(
    async (source, rendition, params) => {
      try {
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
}
