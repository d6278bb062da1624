import { KNOWN_FORMATS } from '../../sources/formats.ts'
import { flag } from '../text-values.ts'
import type { Instruction } from './instruction.ts'

/** How the text of a document comes. */
export const TEXT_INSTRUCTIONS = {
  positions: {
    description:
      'Whether the JSON of a PDF is its text, page by page, with where its blocks, lines and words stand, in place of its metadata.',
    formats: KNOWN_FORMATS.json.fmt,
    default: false,
    schema: flag(),
  },
} as const satisfies Record<string, Instruction>
