import * as z from 'zod/mini'
import { flag } from '../../../contract/text-values.ts'
import { optional } from './task-options.ts'

/** What an office file may be told on its way to a PDF; the last two are not CloudConvert's. */
export const OFFICE_OPTIONS = {
  optimize_print: optional(flag()),
  pdf_a: optional(flag()),
  include_markup: optional(flag()),
  bookmarks: optional(flag()),
  fit_sheets: optional(z.enum(['width', 'page'], { error: '"width" or "page"' })),
  include_notes: optional(flag()),
}

type OfficeOptions = Partial<z.infer<z.ZodMiniObject<typeof OFFICE_OPTIONS>>>

/** Instructions of the action `office`, from CloudConvert's options. */
export function officeInstructions(options: OfficeOptions): Record<string, unknown> {
  const told = {
    optimizePrint: options.optimize_print,
    pdfA: options.pdf_a,
    includeMarkup: options.include_markup,
    bookmarks: options.bookmarks,
    fitSheets: options.fit_sheets,
    includeNotes: options.include_notes,
  }
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
}
