import * as z from 'zod/mini'
import type { Instruction } from './instruction.ts'

/** What the action `data` reads besides `fmt`. */
export const DATA_INSTRUCTIONS = {
  from: {
    description: 'What the source is, as files are called, such as csv; by its name unless given.',
    schema: z.string({ error: 'an extension such as "csv"' }),
  },
} as const satisfies Record<string, Instruction>
