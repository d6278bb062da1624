import type { WorkerParams } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { wholeNumber } from '../contract/text-values.ts'
import { MAX_SOURCE_PIXELS } from '../engine/pictures/source.ts'
import { readParameters } from './parameters.ts'

const schema = z.object({
  MAX_SOURCE_PIXELS: z._default(
    wholeNumber({ min: 1, expected: 'a whole number of pixels, 1 or more' }),
    MAX_SOURCE_PIXELS,
  ),
})

/**
 * The most pixels that a source or a rendition may have: the action's input `MAX_SOURCE_PIXELS` in manifest.yml, which
 * comes from the `.env` of whoever deploys it.
 *
 * @throws {@link RenditionError} when that is no number of pixels
 */
export function readMaxPixels({ MAX_SOURCE_PIXELS: given }: WorkerParams): number {
  return readParameters(schema, { MAX_SOURCE_PIXELS: given }).MAX_SOURCE_PIXELS
}
