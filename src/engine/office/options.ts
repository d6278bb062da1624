import * as z from 'zod/mini'
import { PAGE_RANGE } from '../../base/page-range.ts'
import { OFFICE_TARGETS } from '../../sources/office-formats.ts'

/** What is made of an office file. All but the first two make a difference to PDF alone. */
export const officeOptions = z.object({
  /** What to write. */
  format: z.enum(OFFICE_TARGETS),
  /** What opens an encrypted source. */
  password: z.optional(z.string()),
  /** Which pages, such as "1-3,5"; all of them unless given. */
  pages: z.optional(z.string().check(z.regex(PAGE_RANGE))),
  /** Whether it is PDF/A, level 2b. */
  pdfA: z.optional(z.boolean()),
  /** Whether comments are shown, in the margin, and what somebody has changed and not yet agreed to. */
  includeMarkup: z.optional(z.boolean()),
  /** Whether headings, slides and sheets become bookmarks; they do unless this is false. */
  bookmarks: z.optional(z.boolean()),
  /** Whether pictures are as fine as in the source (true), or fine enough for a screen (false); 300 dpi unless given. */
  optimizePrint: z.optional(z.boolean()),
  /** Whether a sheet is made as narrow as a page is, or as small as one page. */
  fitSheets: z.optional(z.enum(['width', 'page'])),
  /** Whether pages with the notes of slides come behind the slides. */
  includeNotes: z.optional(z.boolean()),
})

/** See {@link officeOptions}. */
export type OfficeOptions = Readonly<z.infer<typeof officeOptions>>
