import type { PdfDocument } from '../document.ts'
import { readFontName } from '../fonts/font-name.ts'
import type { Character } from './characters.ts'

/** What bold fonts are called. */
const BOLD = /bold|black|heavy|demi(?!r)/i

/** `ForceBold` (ISO 32000-2, table 121). */
const FORCED = 1 << 18

/** `FPDF_TEXTRENDERMODE_FILL_STROKE` of fpdf_edit.h: letters that get an outline are bold, too. */
const OUTLINED = 2

/**
 * Has letters of a page be asked whether they are bold.
 *
 * @param text - PDFium's number for the text of the page
 */
export function boldLetters(
  document: PdfDocument,
  text: number,
): (character: Pick<Character, 'index'>) => boolean {
  const { pdfium, bare } = document
  const objectOf = bare('FPDFText_GetTextObject')
  const objects = new Map<number, boolean>()
  const fonts = new Map<number, boolean>()

  function isBoldFont(font: number): boolean {
    const known = fonts.get(font)
    if (known !== undefined) return known
    const isForced = (pdfium.FPDFFont_GetFlags(font) & FORCED) !== 0
    const isBold = isForced || BOLD.test(readFontName(document, font))
    fonts.set(font, isBold)
    return isBold
  }

  return ({ index }) => {
    const object = objectOf(text, index)
    if (object === 0) return false
    const known = objects.get(object)
    if (known !== undefined) return known
    const isOutlined = pdfium.FPDFTextObj_GetTextRenderMode(object) === OUTLINED
    const font = pdfium.FPDFTextObj_GetFont(object)
    const isBold = isOutlined || (font !== 0 && isBoldFont(font))
    objects.set(object, isBold)
    return isBold
  }
}
