import { wholeNumber } from '../text-values.ts'
import type { Instruction } from './instruction.ts'

/** The largest rendition that an event may carry, in bytes, see `embedBinaryLimit` of the Asset Compute API. */
const MAX_EMBEDDED_BYTES = 32 * 1024

/** What a rendition asks of its event. */
export const EVENT_INSTRUCTIONS = {
  embedBinaryLimit: {
    description: 'A rendition of at most so many bytes comes in its event, as a data URL.',
    schema: wholeNumber({
      min: 0,
      max: MAX_EMBEDDED_BYTES,
      expected: `a whole number of bytes from 0 to ${MAX_EMBEDDED_BYTES}`,
    }),
  },
} as const satisfies Record<string, Instruction>
