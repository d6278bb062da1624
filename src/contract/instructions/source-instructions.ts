import * as z from 'zod/mini'
import { DRAWN_FORMATS, MARKUP_FORMATS } from '../actions.ts'
import { wholeNumber } from '../text-values.ts'
import type { Instruction } from './instruction.ts'

/** Which part of its source a rendition shows, when the source has several, and what opens it. */
export const SOURCE_INSTRUCTIONS = {
  page: {
    description: 'The page of a PDF or TIFF, or the frame of an animation; counted from 1.',
    formats: DRAWN_FORMATS,
    default: 1,
    schema: wholeNumber({ min: 1, expected: 'a whole number, 1 for the first page' }),
  },
  password: {
    description:
      'What opens an encrypted PDF, office document or archive; it is in no log and no event.',
    formats: [...DRAWN_FORMATS, 'text', 'txt', ...MARKUP_FORMATS, 'xmp', 'xml', 'json', 'pdf'],
    verbatim: true,
    schema: z.pipe(
      z.transform((value) => (typeof value === 'number' ? String(value) : value)),
      z.string({ error: 'a text' }),
    ),
  },
} as const satisfies Record<string, Instruction>
