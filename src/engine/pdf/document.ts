import { closeSync, fstatSync, openSync } from 'node:fs'
import { withOpenFile } from '../../sources/open-file.ts'
import { type Library, startLibrary } from './library.ts'
import { type FileView, mendView } from './structure/mended-view.ts'

/** A PDF file, and the password if it needs one. */
export interface PdfFile {
  readonly path: string
  readonly password: string | undefined
}

/** A document that is open. */
export interface PdfDocument extends Library {
  /** What PDFium's functions want as `document`. */
  readonly document: number
  readonly pages: number
}

/** Why there is no result; what is wrong with a file is no error to this thread. */
export type PdfFailure =
  | { readonly outcome: 'corrupt' }
  | { readonly outcome: 'encrypted' }
  | { readonly outcome: 'unknown encryption' }
  | { readonly outcome: 'out of memory' }
  | { readonly outcome: 'no such page'; readonly pages: number }

/** `FPDF_ERR_…` of fpdfview.h. */
const PASSWORD_ERROR = 4
const SECURITY_ERROR = 5

const NOTHING: Buffer = Buffer.alloc(0)

/** PDFium counts the bytes of a file in 32 bits, and some places take them as signed. */
const MAX_FILE_BYTES = 2 ** 31 - 1

let library: Library | undefined

/** A picture or a document for which PDFium has no memory. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
}

/** PDFium as it is used now; another one after it has failed. */
export async function currentLibrary(): Promise<Library> {
  library ??= await startLibrary()
  return library
}

/** Has `use` do something with PDFium as it is used now. */
export async function withLibrary<Result>(
  use: (library: Library) => Result | PdfFailure,
): Promise<Result | PdfFailure> {
  const current = await currentLibrary()
  try {
    const result = use(current)
    if (current.isExhausted()) throw new OutOfMemory()
    return result
  } catch (error) {
    // Whatever state it was left in, nobody shall use it again.
    library = undefined
    if (error instanceof OutOfMemory || current.isExhausted()) return { outcome: 'out of memory' }
    if (error instanceof WebAssembly.RuntimeError) return { outcome: 'corrupt' }
    throw error
  }
}

/**
 * Opens a file, has `use` do its work, and closes it.
 *
 * @param behind - what is to be read behind it, such as an update of it
 */
export function withDocument<Result>(
  { path, password = '' }: PdfFile,
  use: (document: PdfDocument) => Result | PdfFailure,
  behind: Buffer = NOTHING,
): Promise<Result | PdfFailure> {
  return withLibrary((current) => {
    const { pdfium, fileAccess, useFile } = current
    const descriptor = openSync(path, 'r')
    try {
      const { size } = fstatSync(descriptor)
      if (size + behind.length > MAX_FILE_BYTES) return { outcome: 'corrupt' }
      const load = (view: FileView): number => {
        useFile(descriptor, size, view)
        return pdfium.FPDF_LoadCustomDocument(fileAccess, password)
      }
      let document = load({ skipped: 0, front: NOTHING, behind })
      const failure = document === 0 ? explainFailure(pdfium.FPDF_GetLastError()) : undefined
      if (failure !== undefined && failure.outcome !== 'corrupt') return failure
      // A trailer that leads elsewhere may lead to no pages.
      if (failure !== undefined || pdfium.FPDF_GetPageCount(document) === 0) {
        const mended = withOpenFile(path, (file) => mendView(file, password))
        if (mended !== undefined) {
          if (document !== 0) pdfium.FPDF_CloseDocument(document)
          document = load({ ...mended, behind: Buffer.concat([behind, mended.behind]) })
        }
        if (document === 0) return { outcome: 'corrupt' }
      }
      const result = use({ ...current, document, pages: pdfium.FPDF_GetPageCount(document) })
      pdfium.FPDF_CloseDocument(document)
      return result
    } finally {
      closeSync(descriptor)
    }
  })
}

function explainFailure(error: number): PdfFailure {
  if (error === PASSWORD_ERROR) return { outcome: 'encrypted' }
  return { outcome: error === SECURITY_ERROR ? 'unknown encryption' : 'corrupt' }
}

/** Has `use` do something with a page, counted from 1; PDFium's number for it is its argument. */
export function withPage<Result>(
  { pdfium, document, pages }: PdfDocument,
  number: number,
  use: (page: number) => Result,
): Result | PdfFailure {
  if (number > pages)
    return pages === 0 ? { outcome: 'corrupt' } : { outcome: 'no such page', pages }
  const page = pdfium.FPDF_LoadPage(document, number - 1)
  if (page === 0) return { outcome: 'corrupt' }
  const result = use(page)
  pdfium.FPDF_ClosePage(page)
  return result
}
