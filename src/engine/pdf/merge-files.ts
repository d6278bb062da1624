import {
  currentLibrary,
  type PdfFailure,
  type PdfFile,
  withDocument,
  withLibrary,
} from './document.ts'
import { saveDocument } from './save-document.ts'

/** What became of files that are merged; `index` is that of the one at fault, from 0. */
export type Merging =
  | { readonly outcome: 'merged'; readonly pages: number }
  | { readonly outcome: 'not merged'; readonly index: number; readonly failure: PdfFailure }

/** A document, and which of its pages are taken. */
export interface MergedFile extends PdfFile {
  /** In their order, from 1; all of them when undefined. */
  readonly pages?: readonly number[] | undefined
}

/**
 * Merges pages of some files, in their order, into a new one. What pages draw stays as it is in the files; bookmarks
 * and other things that belong to a whole document are left out.
 */
export async function mergeFiles(
  files: readonly MergedFile[],
  path: string,
): Promise<Merging | PdfFailure> {
  const library = await currentLibrary()
  const { pdfium } = library
  const merged = pdfium.FPDF_CreateNewDocument()
  let pages = 0
  for (const [index, file] of files.entries()) {
    const range = file.pages?.join(',') ?? ''
    const imported = await withDocument(file, ({ document, pages: all }) =>
      all > 0 && pdfium.FPDF_ImportPages(merged, document, range, pages)
        ? { outcome: 'imported' as const, count: file.pages?.length ?? all }
        : { outcome: 'corrupt' as const },
    )
    if (imported.outcome !== 'imported') {
      // After a crash there is another library, and nobody asks this one again.
      if ((await currentLibrary()) === library) pdfium.FPDF_CloseDocument(merged)
      return { outcome: 'not merged', index, failure: imported }
    }
    pages += imported.count
  }
  return withLibrary(() => {
    saveDocument(library, merged, path)
    pdfium.FPDF_CloseDocument(merged)
    return { outcome: 'merged', pages }
  })
}
