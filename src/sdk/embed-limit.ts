import type { Rendition } from '@adobe/asset-compute-sdk'
import { EVENT_INSTRUCTIONS } from '../contract/instructions/event-instructions.ts'
import { readInstruction } from './read-instruction.ts'

/**
 * Makes a number of a rendition's `embedBinaryLimit`, which processing profiles send as a text. The SDK, which puts the
 * rendition into its event, passes over what is no number.
 *
 * @throws {@link RenditionError} when it is none that the API allows
 */
export function readEmbedLimit({ instructions }: Rendition): void {
  const { embedBinaryLimit } = EVENT_INSTRUCTIONS
  const limit = readInstruction('embedBinaryLimit', embedBinaryLimit, instructions)
  if (limit !== undefined) instructions['embedBinaryLimit'] = limit
}
