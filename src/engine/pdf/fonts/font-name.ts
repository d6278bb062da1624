import type { PdfDocument } from '../document.ts'

/** The names of fonts are at most so long, in bytes with a zero at their end. */
const NAME_BYTES = 256

/**
 * Reads what a font is called; nothing when that is too long.
 *
 * @param font - PDFium's number for it
 */
export function readFontName({ pdfium, memory }: PdfDocument, font: number): string {
  const place = pdfium.pdfium.wasmExports.malloc(NAME_BYTES)
  const length = pdfium.FPDFFont_GetBaseFontName(font, place, NAME_BYTES)
  const name =
    length > NAME_BYTES ? '' : memory().toString('utf8', place, place + Math.max(0, length - 1))
  pdfium.pdfium.wasmExports.free(place)
  return name.replaceAll(/[^\P{C}]/gu, '')
}
