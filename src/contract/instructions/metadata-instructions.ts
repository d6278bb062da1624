import * as z from 'zod/mini'
import type { Instruction } from './instruction.ts'

const BASE64 = 'an XMP packet in base64'

/** What turns a rendition into a copy of its source with other metadata. */
export const METADATA_INSTRUCTIONS = {
  xmp: {
    description: 'An XMP packet in base64: the rendition is a copy of the source with it in it.',
    schema: z.string({ error: BASE64 }).check(z.regex(/^[\w+/\s-]+=*\s*$/, { error: BASE64 })),
  },
} as const satisfies Record<string, Instruction>
