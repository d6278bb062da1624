import type { OfficeOptions } from './options.ts'

/** What the PDF export of LibreOffice is told, by its own names. */
export type PdfExport = Readonly<Record<string, string | number | boolean>>

/** PDF/A-2b among the values of `SelectPdfVersion`: the first level that has transparency. */
const PDF_A_2B = 2

/** As fine as a screen shows pictures, in dots per inch. */
const SCREEN_DPI = 150

const SCREEN_QUALITY = 75
const PRINT_QUALITY = 95

/**
 * The options of LibreOffice's PDF export
 * (https://help.libreoffice.org/latest/en-US/text/shared/guide/pdf_params.html) for those of ours; what is not told here is
 * left to LibreOffice.
 */
export function toPdfExport(options: OfficeOptions): PdfExport {
  const { pages, pdfA, includeMarkup, bookmarks, optimizePrint, fitSheets, includeNotes } = options
  return {
    // Its pages are separated by semicolons as well, but blanks among them are none it understands.
    ...(pages !== undefined && { PageRange: pages.replaceAll(/\s/g, '') }),
    ...(pdfA === true && { SelectPdfVersion: PDF_A_2B }),
    ...(includeMarkup === true && { ExportNotesInMargin: true }),
    ...(bookmarks !== undefined && { ExportBookmarks: bookmarks }),
    ...(optimizePrint === true && { ReduceImageResolution: false, Quality: PRINT_QUALITY }),
    ...(optimizePrint === false && {
      ReduceImageResolution: true,
      MaxImageResolution: SCREEN_DPI,
      Quality: SCREEN_QUALITY,
    }),
    ...(fitSheets === 'page' && { SinglePageSheets: true }),
    ...(includeNotes === true && { ExportNotesPages: true }),
  }
}
