import * as z from 'zod/mini'
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
    formats: ['zip', 'pdf'],
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
    formats: ['zip'],
    schema: z.literal('ignore', { error: '"ignore", or not given to have an error' }),
  },
} as const satisfies Record<string, Instruction>
