import * as z from 'zod/mini'
import { ARCHIVE_FORMATS } from '../actions.ts'
import { wholeNumber } from '../text-values.ts'
import type { Instruction } from './instruction.ts'

/** More than a request can name, whose instructions have to fit into the parameters of an action. */
const MAX_FILES = 100_000

const FILES = `an array of 1 to ${MAX_FILES} files, each a URL or an object with a url and, if need be, a path`
const TEXT = 'a text'

/** https://experienceleague.adobe.com/docs/asset-compute/using/api.html, "Instructions in renditions" */
export const ARCHIVE_INSTRUCTIONS = {
  files: {
    description:
      'What goes into the archive, or is merged into the PDF, in this order: URLs, or objects with a url and a path.',
    formats: [...ARCHIVE_FORMATS, 'pdf'],
    required: true,
    schema: z
      .array(
        z.union([z.string(), z.object({ url: z.string(TEXT), path: z.nullish(z.string(TEXT)) })], {
          error: 'a URL or an object with a url and a path',
        }),
        { error: FILES },
      )
      .check(z.minLength(1, FILES), z.maxLength(MAX_FILES, FILES)),
  },
  duplicate: {
    description: 'Of several files with one path, ignore keeps the first; otherwise they fail it.',
    formats: ARCHIVE_FORMATS,
    schema: z.literal('ignore', { error: '"ignore", or not given to have an error' }),
  },
} as const satisfies Record<string, Instruction>

/** What takes a file out of an archive that is the source. */
export const EXTRACT_INSTRUCTIONS = {
  entry: {
    description:
      'Which file of an archive is taken out of it, by the action archive: its number, as fmt json tells it of the source.',
    schema: wholeNumber({ min: 1, expected: 'a whole number, 1 for the first entry' }),
  },
} as const satisfies Record<string, Instruction>
