import * as z from 'zod/mini'
import type { Instruction } from './instruction.ts'
import { PICTURE_INSTRUCTIONS } from './picture-instructions.ts'

/** As many as anybody writes, and more than there are names. */
const MOST_NAMES = 100
const TEXTS = `an object of 1 to ${MOST_NAMES} names, such as Title, with a text for each`
const TEXT = 'a text, or an empty one to take it away'

const BASE64 = 'an XMP packet in base64'

/** What turns a rendition into a copy of its source with other metadata. */
export const METADATA_INSTRUCTIONS = {
  xmp: {
    description: 'An XMP packet in base64: the rendition is a copy of the source with it in it.',
    schema: z.string({ error: BASE64 }).check(z.regex(/^[\w+/\s-]+=*\s*$/, { error: BASE64 })),
  },
  metadata: {
    description:
      'Texts by name, such as {"Title": "…"}: the rendition is a copy of the source with them in it.',
    schema: z
      .record(
        z.string(),
        z.pipe(
          z.transform((value) =>
            typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
          ),
          z.string({ error: TEXT }),
        ),
        { error: TEXTS },
      )
      .check(
        z.refine((texts) => {
          const names = Object.keys(texts).length
          return names > 0 && names <= MOST_NAMES
        }, TEXTS),
      ),
  },
} as const satisfies Record<string, Instruction>

/** What {@link METADATA_INSTRUCTIONS} and the one of pictures mean, for who does not know yet what is made. */
export const ANY_METADATA = {
  description: `${METADATA_INSTRUCTIONS.metadata.description} Or ${PICTURE_INSTRUCTIONS.metadata.description}`,
  schema: z.union([PICTURE_INSTRUCTIONS.metadata.schema, METADATA_INSTRUCTIONS.metadata.schema], {
    error: `keep or none, or ${TEXTS}`,
  }),
} satisfies Instruction
