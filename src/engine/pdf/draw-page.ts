import {
  OutOfMemory,
  type PdfDocument,
  type PdfFailure,
  type PdfFile,
  withDocument,
  withPage,
} from './document.ts'
import { findAbsentFonts } from './fonts/absent-fonts.ts'
import { readAbsentLetters } from './fonts/absent-letters.ts'
import { annotationsTakeScripts } from './fonts/annotation-letters.ts'
import { withForm } from './form.ts'

/** A page of a PDF file. */
export interface PdfPage extends PdfFile {
  /** Counted from 1. */
  readonly page: number
}

/** A part of a page, and how large the whole page is drawn; all in pixels, whole ones. */
export interface PageView {
  readonly drawnAt: { readonly width: number; readonly height: number }
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** What is behind the page, each part from 0 to 255. */
  readonly background: { readonly r: number; readonly g: number; readonly b: number }
  /** See {@link PageSize}. */
  readonly takesScripts?: boolean
}

/** The size of a page as it is shown, cropped and turned, in points of 1/72 inch, and what it cannot be shown with. */
export interface PageSize {
  readonly outcome: 'measured'
  readonly width: number
  readonly height: number
  /** See {@link findAbsentFonts}. */
  readonly absentFonts: readonly string[]
  /** Letters of it that no font here has. */
  readonly absentLetters: readonly string[]
  /** Whether its text, annotations apart, takes fonts that have letters of other scripts, see {@link ProvidedFonts}. */
  readonly takesScripts: boolean
}

/** A drawn page: 8-bit RGB, row by row without padding. */
export interface DrawnPage {
  readonly outcome: 'drawn'
  readonly pixels: Uint8Array<ArrayBuffer>
}

/** Three bytes a pixel (`FPDFBitmap_BGR`). */
const BITMAP_FORMAT = 2
const BYTES_PER_PIXEL = 3

/** With annotations as a viewer shows them, and red first (`FPDF_ANNOT`, `FPDF_REVERSE_BYTE_ORDER`). */
const FLAGS = 0x01 | 0x10

/** As much of a page is drawn at a time, in pixels: most pages at once, and large ones without twice their memory. */
const PIXELS_AT_A_TIME = 8_000_000

/** Tells the size of a page. */
export function measurePageHere({
  page: number,
  ...file
}: PdfPage): Promise<PageSize | PdfFailure> {
  return withDocument(file, (document) =>
    withPage(document, number, (page): PageSize | PdfFailure => {
      const width = document.pdfium.FPDF_GetPageWidthF(page)
      const height = document.pdfium.FPDF_GetPageHeightF(page)
      if (!(width > 0 && height > 0)) return { outcome: 'corrupt' }
      const { names, fonts } = findAbsentFonts(document, page)
      const { scripts, missing } = readAbsentLetters(document, page, fonts)
      return {
        outcome: 'measured',
        width,
        height,
        absentFonts: names,
        absentLetters: missing,
        takesScripts: scripts,
      }
    }),
  )
}

/** Draws a page, or a part of it, with its annotations and what is filled into its form. */
export function drawPageHere(
  { page: number, ...file }: PdfPage,
  view: PageView,
): Promise<DrawnPage | PdfFailure> {
  return withDocument(file, (document) => {
    const { withScripts } = document.fonts
    const draw = (): DrawnPage | PdfFailure =>
      withForm(document, (form) =>
        withPage(document, number, (page) => {
          const drawNow = (): Uint8Array<ArrayBuffer> => drawBands(document, page, form, view)
          const pixels = annotationsTakeScripts(document, page, form)
            ? withScripts(drawNow)
            : drawNow()
          return { outcome: 'drawn' as const, pixels }
        }),
      )
    return view.takesScripts === true ? withScripts(draw) : draw()
  })
}

function drawBands(
  document: PdfDocument,
  page: number,
  form: number,
  { drawnAt, left, top, width, height, background }: PageView,
): Uint8Array<ArrayBuffer> {
  const { pdfium, memory } = document
  const pixels = new Uint8Array(width * height * BYTES_PER_PIXEL)
  const rowBytes = width * BYTES_PER_PIXEL
  const bandHeight = Math.min(height, Math.max(1, Math.floor(PIXELS_AT_A_TIME / width)))
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, bandHeight, BITMAP_FORMAT, 0, 0)
  if (bitmap === 0) throw new OutOfMemory()
  const stride = pdfium.FPDFBitmap_GetStride(bitmap)
  const { r, g, b } = background
  pdfium.FORM_OnAfterLoadPage(page, form)
  for (let y = 0; y < height; y += bandHeight) {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, bandHeight, (b << 16) | (g << 8) | r)
    const place = [-left, -top - y, drawnAt.width, drawnAt.height, 0, FLAGS] as const
    pdfium.FPDF_RenderPageBitmap(bitmap, page, ...place)
    pdfium.FPDF_FFLDraw(form, bitmap, page, ...place)
    const start = pdfium.FPDFBitmap_GetBuffer(bitmap)
    const rows = Math.min(bandHeight, height - y)
    const drawn = memory()
    for (let row = 0; row < rows; row += 1) {
      const from = start + row * stride
      pixels.set(drawn.subarray(from, from + rowBytes), (y + row) * rowBytes)
    }
  }
  pdfium.FORM_OnBeforeClosePage(page, form)
  pdfium.FPDFBitmap_Destroy(bitmap)
  return pixels
}
