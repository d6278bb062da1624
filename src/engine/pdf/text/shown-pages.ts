import { withOpenFile } from '../../../sources/open-file.ts'
import {
  type PdfDocument,
  type PdfFailure,
  type PdfFile,
  withDocument,
  withPage,
} from '../document.ts'
import { withForm } from '../form.ts'
import { writeHiddenUpdate } from '../structure/hidden-update.ts'
import { drawAnnotations, removeHidden } from './shown-content.ts'
import type { UnreadPages } from './unread-pages.ts'

/** What is read of a page. */
interface ReadPage {
  /** Whether letters are not what they should be. */
  readonly isGarbled: boolean
}

/** What became of all pages. */
export type ReadPages = ({ readonly outcome: 'written' } & UnreadPages) | PdfFailure

/**
 * Reads the pages of a document one by one as they are seen when it is opened: with the values of forms and what notes show, and
 * without hidden layers. One that is damaged is left out, unless all are.
 *
 * @param read - what is read of a page, by PDFium's number for it
 * @param use - takes it, with the number of the page, counted from 1, before the next page is read
 */
export function readShownPages<Page extends ReadPage>(
  file: PdfFile,
  read: (document: PdfDocument, page: number) => Page,
  use: (page: Page, number: number) => void,
): Promise<ReadPages> {
  const hidden = withOpenFile(file.path, (bytes) => writeHiddenUpdate(bytes, file.password))
  return withDocument(
    file,
    (document): ReadPages =>
      withForm(document, (form) => {
        const damaged: number[] = []
        const garbled: number[] = []
        for (let number = 1; number <= document.pages; number += 1) {
          const wanted = { number, form, isLayered: hidden !== undefined }
          const page = readShownPage(document, wanted, read)
          if ('outcome' in page) {
            damaged.push(number)
            continue
          }
          if (page.isGarbled) garbled.push(number)
          use(page, number)
        }
        return damaged.length < document.pages
          ? { outcome: 'written', damaged, garbled }
          : { outcome: 'corrupt' }
      }),
    hidden,
  )
}

/** A page to be read. */
interface WantedPage {
  readonly number: number
  /** PDFium's number for the form of the document. */
  readonly form: number
  /** Whether something of the document is hidden. */
  readonly isLayered: boolean
}

function readShownPage<Page extends ReadPage>(
  document: PdfDocument,
  { number, form, isLayered }: WantedPage,
  read: (document: PdfDocument, page: number) => Page,
): Page | PdfFailure {
  const readShown = (page: number): Page => {
    if (isLayered) removeHidden(document, page)
    return read(document, page)
  }
  const found = withPage(document, number, (page) =>
    drawAnnotations(document, page, form) ? undefined : readShown(page),
  )
  return found ?? withPage(document, number, readShown)
}

/** As many letters of a page are asked whether the file says what they are, and so many may be unknown. */
const MOST_ASKED = 200
const MOST_UNKNOWN = 0.1

/**
 * Whether many letters of a page are not what they should be, since its fonts do not say what they are.
 *
 * @param text - PDFium's number for the text of the page
 */
export function hasUnknownLetters({ pdfium }: PdfDocument, text: number): boolean {
  const characters = pdfium.FPDFText_CountChars(text)
  const step = Math.ceil(characters / MOST_ASKED)
  let [asked, unknown] = [0, 0]
  for (let index = 0; index < characters; index += step) {
    asked += 1
    if (pdfium.FPDFText_HasUnicodeMapError(text, index) === 1) unknown += 1
  }
  return unknown > asked * MOST_UNKNOWN
}
