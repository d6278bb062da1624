import { SCRIPT_FAMILIES } from '../../typesetting/fonts/shipped-fonts.ts'
import { OutOfMemory, type PdfDocument } from '../document.ts'

/** As many annotations are looked at, and as much of their texts, in bytes of UTF-16. */
const MOST_ANNOTATIONS = 2000
const MOST_BYTES = 8192

/**
 * Whether what is filled into fields, or typed on a page, has letters of the families of other scripts. Which fonts it is in nobody
 * tells, so these may be in the file.
 *
 * @param form - PDFium's number for the form of the document
 */
export function annotationsTakeScripts(
  { pdfium, memory }: PdfDocument,
  page: number,
  form: number,
): boolean {
  const count = Math.min(MOST_ANNOTATIONS, pdfium.FPDFPage_GetAnnotCount(page))
  if (count === 0) return false
  const buffer = pdfium.pdfium.wasmExports.malloc(MOST_BYTES)
  if (buffer === 0) throw new OutOfMemory()
  const read = (bytes: number): string =>
    bytes > MOST_BYTES ? '' : memory().toString('utf16le', buffer, buffer + bytes)
  let found = false
  for (let index = 0; index < count && !found; index += 1) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index)
    found =
      isOfScripts(
        read(pdfium.FPDFAnnot_GetStringValue(annotation, 'Contents', buffer, MOST_BYTES)),
      ) ||
      isOfScripts(read(pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, MOST_BYTES)))
    pdfium.FPDFPage_CloseAnnot(annotation)
  }
  pdfium.pdfium.wasmExports.free(buffer)
  return found
}

function isOfScripts(text: string): boolean {
  return Array.from(text).some((letter) => isOfBlocks(letter.codePointAt(0) ?? 0))
}

function isOfBlocks(code: number): boolean {
  return SCRIPT_FAMILIES.some(({ blocks }) =>
    blocks.some(([first, last]) => code >= first && code <= last),
  )
}
