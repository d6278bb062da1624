import type { PdfDocument } from './document.ts'

/**
 * Has `use` do something with the form of a document; PDFium's number for it is its argument. There is one for every document, and
 * with it fields and notes have an appearance that came without.
 */
export function withForm<Result>(
  { pdfium, document }: PdfDocument,
  use: (form: number) => Result,
): Result {
  const info = pdfium.PDFiumExt_OpenFormFillInfo()
  const form = pdfium.PDFiumExt_InitFormFillEnvironment(document, info)
  const result = use(form)
  pdfium.PDFiumExt_ExitFormFillEnvironment(form)
  pdfium.PDFiumExt_CloseFormFillInfo(info)
  return result
}
