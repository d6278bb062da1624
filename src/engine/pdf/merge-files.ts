import { closeSync, openSync, writeSync } from 'node:fs'
import { currentLibrary, type PdfFailure, type PdfFile, withDocument } from './document.ts'
import type { Library } from './library.ts'

/** What became of files that are merged; `index` is that of the one at fault, from 0. */
export type Merging =
  | { readonly outcome: 'merged'; readonly pages: number }
  | { readonly outcome: 'not merged'; readonly index: number; readonly failure: PdfFailure }

/** `FPDF_NO_INCREMENTAL` of fpdf_save.h: all of it is written anew. */
const WRITE_ALL = 2

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
  save(library, merged, path)
  pdfium.FPDF_CloseDocument(merged)
  return { outcome: 'merged', pages }
}

/** Writes a document into a file. */
function save({ pdfium, memory }: Library, document: number, path: string): void {
  const descriptor = openSync(path, 'w')
  let failure: unknown
  const writeBlock = (_self: number, data: number, length: number): number => {
    const bytes = memory()
    try {
      for (let done = 0; done < length; ) {
        done += writeSync(descriptor, bytes, (data >>> 0) + done, length - done)
      }
      return 1
    } catch (error) {
      // PDFium must not be left in the middle of its work.
      failure = error
      return 0
    }
  }
  const { wasmExports } = pdfium.pdfium
  const callback: number = pdfium.pdfium.addFunction(writeBlock, 'iiii')
  const fileWrite = wasmExports.malloc(8)
  memory().writeUInt32LE(1, fileWrite)
  memory().writeUInt32LE(callback, fileWrite + 4)
  try {
    const isSaved = pdfium.FPDF_SaveAsCopy(document, fileWrite, WRITE_ALL)
    if (!isSaved) throw new Error('The document could not be written.', { cause: failure })
  } finally {
    wasmExports.free(fileWrite)
    pdfium.pdfium.removeFunction(callback)
    closeSync(descriptor)
  }
}
