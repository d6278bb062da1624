import type { PdfDocument } from '../document.ts'
import { HIDDEN_MARK } from '../structure/hidden-parts.ts'

/** `FPDF_ANNOT_…` of fpdf_annot.h: those that have no text of their own on the page. */
const LINK = 2
const POPUP = 16
/** The flag of annotations that are not shown on screens (ISO 32000-2, table 167). */
const NO_VIEW = 32
/** `FLAT_NORMALDISPLAY` and `FLATTEN_SUCCESS` of fpdf_flatten.h. */
const AS_DISPLAYED = 0
const FLATTENED = 1
/** `FPDF_PAGEOBJ_FORM` of fpdf_edit.h. */
const FORM = 5
/** Contents are in each other only so deep. */
const MOST_LEVELS = 16

/**
 * Makes what annotations show a part of the page: values of forms, notes, stamps. The page has to be loaded anew to be read.
 *
 * @returns whether there is anything that it shows
 */
export function drawAnnotations({ pdfium }: PdfDocument, page: number, form: number): boolean {
  if (pdfium.FPDFPage_GetAnnotCount(page) === 0) return false
  // Fields and notes get an appearance that came without.
  pdfium.FORM_OnAfterLoadPage(page, form)
  let isAnyShown = false
  for (let index = pdfium.FPDFPage_GetAnnotCount(page) - 1; index >= 0; index -= 1) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index)
    const kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    const isShown = (pdfium.FPDFAnnot_GetFlags(annotation) & NO_VIEW) === 0
    pdfium.FPDFPage_CloseAnnot(annotation)
    if (!isShown) pdfium.FPDFPage_RemoveAnnot(page, index)
    else isAnyShown ||= kind !== LINK && kind !== POPUP
  }
  const isDrawn = isAnyShown && pdfium.FPDFPage_Flatten(page, AS_DISPLAYED) === FLATTENED
  pdfium.FORM_OnBeforeClosePage(page, form)
  return isDrawn
}

/** Takes off a page what belongs to hidden layers, of a document that is read with an update that says so. */
export function removeHidden(document: PdfDocument, page: number): void {
  const { pdfium } = document
  removeFrom(document, {
    count: () => pdfium.FPDFPage_CountObjects(page),
    at: (index) => pdfium.FPDFPage_GetObject(page, index),
    remove: (object) => pdfium.FPDFPage_RemoveObject(page, object),
    level: 0,
  })
}

/** Where there are objects: a page, or what it draws by name. */
interface Holder {
  readonly count: () => number
  readonly at: (index: number) => number
  readonly remove: (object: number) => boolean
  readonly level: number
}

function removeFrom(document: PdfDocument, { count, at, remove, level }: Holder): void {
  const { pdfium } = document
  for (let index = count() - 1; index >= 0; index -= 1) {
    const object = at(index)
    if (isHidden(document, object)) {
      if (remove(object)) pdfium.FPDFPageObj_Destroy(object)
    } else if (pdfium.FPDFPageObj_GetType(object) === FORM && level < MOST_LEVELS) {
      removeFrom(document, {
        count: () => pdfium.FPDFFormObj_CountObjects(object),
        at: (inner) => pdfium.FPDFFormObj_GetObject(object, inner),
        remove: (inner) => pdfium.FPDFFormObj_RemoveObject(object, inner),
        level: level + 1,
      })
    }
  }
}

function isHidden({ pdfium }: PdfDocument, object: number): boolean {
  const value = pdfium.pdfium.wasmExports.malloc(4)
  let found = false
  for (let index = pdfium.FPDFPageObj_CountMarks(object) - 1; index >= 0 && !found; index -= 1) {
    const mark = pdfium.FPDFPageObj_GetMark(object, index)
    found = pdfium.FPDFPageObjMark_GetParamIntValue(mark, HIDDEN_MARK, value)
  }
  pdfium.pdfium.wasmExports.free(value)
  return found
}
