import * as z from 'zod/mini'
import { PAGE_RANGE } from '../../base/page-range.ts'
import { flag } from '../text-values.ts'
import type { Instruction } from './instruction.ts'

const PAGES = 'pages such as "1-3,5"'

/** How an office file becomes pages. */
export const OFFICE_INSTRUCTIONS = {
  pages: {
    description:
      'Which pages of an office file become a PDF, such as 1-3,5; all of them unless given.',
    formats: ['pdf'],
    schema: z.string({ error: PAGES }).check(z.regex(PAGE_RANGE, { error: PAGES })),
  },
  pdfA: {
    description: 'Whether the PDF of an office file is written as PDF/A-2b.',
    formats: ['pdf'],
    default: false,
    schema: flag(),
  },
  includeMarkup: {
    description: 'Whether the comments of an office file are in the margin of its PDF.',
    formats: ['pdf'],
    default: false,
    schema: flag(),
  },
  bookmarks: {
    description:
      'Whether headings, slides and sheets of an office file become bookmarks of its PDF.',
    formats: ['pdf'],
    default: true,
    schema: flag(),
  },
  optimizePrint: {
    description:
      'Whether pictures of an office file stay as fine as they are in its PDF; with false they get as fine as a screen. 300 dpi unless given.',
    formats: ['pdf'],
    schema: flag(),
  },
  fitSheets: {
    description:
      'Whether each sheet gets as narrow as a page (width), or as small as one page (page), in the PDF of a spreadsheet.',
    formats: ['pdf'],
    schema: z.enum(['width', 'page'], { error: '"width" or "page"' }),
  },
  includeNotes: {
    description: 'Whether the notes of slides come behind them in their PDF.',
    formats: ['pdf'],
    default: false,
    schema: flag(),
  },
} as const satisfies Record<string, Instruction>
