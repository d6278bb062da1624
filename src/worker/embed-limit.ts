import type { Rendition } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { wholeNumber } from '../contract/text-values.ts'
import { readParameters } from './parameters.ts'

/** The largest rendition that an event may carry, in bytes, see `embedBinaryLimit` of the Asset Compute API. */
const MAX_EMBEDDED_BYTES = 32 * 1024

const schema = z.object({
  embedBinaryLimit: z.optional(
    wholeNumber({
      min: 0,
      max: MAX_EMBEDDED_BYTES,
      expected: `a whole number of bytes from 0 to ${MAX_EMBEDDED_BYTES}`,
    }),
  ),
})

/**
 * Makes a number of a rendition's `embedBinaryLimit`, which processing profiles send as a text. The SDK, which puts the
 * rendition into its event, passes over what is no number.
 *
 * @throws {@link RenditionError} when it is none that the API allows
 */
export function readEmbedLimit({ instructions }: Rendition): void {
  const { embedBinaryLimit: given } = instructions
  const { embedBinaryLimit } = readParameters(schema, { embedBinaryLimit: given })
  if (embedBinaryLimit !== undefined) instructions['embedBinaryLimit'] = embedBinaryLimit
}
