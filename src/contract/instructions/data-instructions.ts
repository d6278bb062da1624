import * as z from 'zod/mini'
import type { Instruction } from './instruction.ts'
import { PICTURE_INSTRUCTIONS } from './picture-instructions.ts'

/** What the action `data` reads besides `fmt`. */
export const DATA_INSTRUCTIONS = {
  from: {
    description: 'What the source is, as files are called, such as csv; by its name unless given.',
    schema: z.string({ error: 'an extension such as "csv"' }),
  },
  strip: {
    description:
      'Whether a drawing that is made smaller must be without metadata, title and description.',
    schema: PICTURE_INSTRUCTIONS.strip.schema,
  },
} as const satisfies Record<string, Instruction>
