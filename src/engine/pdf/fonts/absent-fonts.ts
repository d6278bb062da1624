import type { PdfDocument } from '../document.ts'
import { readFontName } from './font-name.ts'

/** `FPDF_PAGEOBJ_…` of fpdf_edit.h. */
const TEXT = 1
const FORM = 5
/** Contents are in each other only so deep, and as many of their parts are looked at. */
const MOST_LEVELS = 16
const MOST_OBJECTS = 50_000

/** As many fonts are told. */
const MOST_FONTS = 10

/** Those that every reader has, so that no file needs them in it (ISO 32000-1, 9.6.2.2). */
const STANDARD = /^(?:Courier|Helvetica|Times|Symbol$|ZapfDingbats$)/

/** Fonts that a page has text in and that are not in its file. */
export interface AbsentFonts {
  /** The names of those that others are drawn in place of, without the standard ones. */
  readonly names: readonly string[]
  /** PDFium's numbers for them all. */
  readonly fonts: ReadonlySet<number>
}

/** Finds the fonts that a page names and that are not in its file. */
export function findAbsentFonts(document: PdfDocument, page: number): AbsentFonts {
  const { pdfium } = document
  const fonts = new Set<number>()
  let looked = 0

  function look(count: number, at: (index: number) => number, level: number): void {
    for (let index = 0; index < count && looked < MOST_OBJECTS; index += 1) {
      looked += 1
      const object = at(index)
      const kind = pdfium.FPDFPageObj_GetType(object)
      if (kind === TEXT) fonts.add(pdfium.FPDFTextObj_GetFont(object))
      else if (kind === FORM && level < MOST_LEVELS) {
        const inner = (each: number): number => pdfium.FPDFFormObj_GetObject(object, each)
        look(pdfium.FPDFFormObj_CountObjects(object), inner, level + 1)
      }
    }
  }

  const ofPage = (index: number): number => pdfium.FPDFPage_GetObject(page, index)
  look(pdfium.FPDFPage_CountObjects(page), ofPage, 0)
  const absent = Array.from(fonts).filter(
    (font) => font !== 0 && pdfium.FPDFFont_GetIsEmbedded(font) === 0,
  )
  const names = absent
    .map((font) => readFontName(document, font))
    .filter((name) => name !== '' && !STANDARD.test(name))
  return { names: [...new Set(names)].toSorted().slice(0, MOST_FONTS), fonts: new Set(absent) }
}
