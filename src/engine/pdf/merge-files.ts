import { currentLibrary, type PdfFailure, type PdfFile, withDocument } from './document.ts'
import { saveDocument } from './save-document.ts'

/** What became of files that are merged; `index` is that of the one at fault, from 0. */
export type Merging =
  | { readonly outcome: 'merged'; readonly pages: number }
  | { readonly outcome: 'not merged'; readonly index: number; readonly failure: PdfFailure }

/**
 * Merges all pages of some files, in their order, into a new one. What pages draw stays as it is in the files; bookmarks
 * and other things that belong to a whole document are left out.
 */
export async function mergeFiles(files: readonly PdfFile[], path: string): Promise<Merging> {
  const library = await currentLibrary()
  const { pdfium } = library
  const merged = pdfium.FPDF_CreateNewDocument()
  let pages = 0
  for (const [index, file] of files.entries()) {
    const imported = await withDocument(file, ({ document, pages: count }) =>
      count > 0 && pdfium.FPDF_ImportPages(merged, document, '', pages)
        ? { outcome: 'imported' as const, count }
        : { outcome: 'corrupt' as const },
    )
    if (imported.outcome !== 'imported') {
      // After a crash there is another library, and nobody asks this one again.
      if ((await currentLibrary()) === library) pdfium.FPDF_CloseDocument(merged)
      return { outcome: 'not merged', index, failure: imported }
    }
    pages += imported.count
  }
  saveDocument(library, merged, path)
  pdfium.FPDF_CloseDocument(merged)
  return { outcome: 'merged', pages }
}
