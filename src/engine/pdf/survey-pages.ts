import {
  type PdfDocument,
  type PdfFailure,
  type PdfFile,
  withDocument,
  withPage,
} from './document.ts'

/** A rectangle, in points. */
export type Box = readonly [left: number, bottom: number, right: number, top: number]

/** A page, as far as something is to be laid over it. */
export interface SurveyedPage {
  /** Whether there are letters on it, be they seen or not. */
  readonly hasText: boolean
  /** What of it is shown. */
  readonly shown: Box
  /** What of it is left when it is cut to size; what is shown unless it says so itself. */
  readonly trimmed: Box
  /** By how many degrees it is shown turned, clockwise. */
  readonly turn: number
}

/** All pages of a document, in their order. */
export interface Survey {
  readonly outcome: 'surveyed'
  readonly pages: readonly SurveyedPage[]
}

/** Looks at each page of a document; one that is damaged counts as one with text, since there is nothing to be seen. */
export function surveyPages(file: PdfFile): Promise<Survey | PdfFailure> {
  return withDocument(file, (document): Survey | PdfFailure => {
    if (document.pages === 0) return { outcome: 'corrupt' }
    const pages = Array.from({ length: document.pages }, (_, index) => {
      const surveyed = withPage(document, index + 1, (page) => surveyPage(document, page))
      return 'outcome' in surveyed ? DAMAGED : surveyed
    })
    return { outcome: 'surveyed', pages }
  })
}

const DAMAGED: SurveyedPage = {
  hasText: true,
  shown: [0, 0, 0, 0],
  trimmed: [0, 0, 0, 0],
  turn: 0,
}

function surveyPage(document: PdfDocument, page: number): SurveyedPage {
  const { pdfium } = document
  const shown = readShownBox(document, page)
  const own = [pdfium.FPDFPage_GetTrimBox, pdfium.FPDFPage_GetCropBox].map((get) =>
    readOwnBox(document, (...places) => get(page, ...places)),
  )
  return {
    hasText: hasText(document, page),
    shown,
    trimmed: own.find((box) => box !== undefined) ?? shown,
    turn: pdfium.FPDFPage_GetRotation(page) * 90,
  }
}

/** What of a page is shown. */
export function readShownBox({ pdfium, memory }: PdfDocument, page: number): Box {
  // FS_RECTF of fpdfview.h: left, top, right, bottom.
  const place = pdfium.pdfium.wasmExports.malloc(16)
  pdfium.FPDF_GetPageBoundingBox(page, place)
  const read = memory()
  const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((offset) =>
    read.readFloatLE(place + offset),
  )
  pdfium.pdfium.wasmExports.free(place)
  return [left, bottom, right, top]
}

/** @returns undefined when the page has none of its own */
function readOwnBox(
  { pdfium, memory }: PdfDocument,
  get: (left: number, bottom: number, right: number, top: number) => boolean,
): Box | undefined {
  const place = pdfium.pdfium.wasmExports.malloc(16)
  const isThere = get(place, place + 4, place + 8, place + 12)
  const read = memory()
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = [0, 4, 8, 12].map((offset) =>
    read.readFloatLE(place + offset),
  )
  pdfium.pdfium.wasmExports.free(place)
  return isThere
    ? [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]
    : undefined
}

/** The blank, above which letters begin in Unicode. */
const BLANK = 0x20

function hasText({ pdfium }: PdfDocument, page: number): boolean {
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return false
  const characters = pdfium.FPDFText_CountChars(text)
  let found = false
  for (let index = 0; index < characters && !found; index += 1) {
    found = pdfium.FPDFText_GetUnicode(text, index) > BLANK
  }
  pdfium.FPDFText_ClosePage(text)
  return found
}
