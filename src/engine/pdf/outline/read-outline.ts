import { type PdfDocument, type PdfFailure, type PdfFile, withDocument } from '../document.ts'
import { countSignatures } from '../pdf-info.ts'
import { type Destination, readDestination } from './destination.ts'

/** A bookmark, with those below it. */
export interface Bookmark {
  readonly title: string
  /** Where it goes: within the document, or elsewhere. */
  readonly goes: Destination | { readonly url: string } | undefined
  readonly isOpen: boolean
  readonly below: readonly Bookmark[]
}

/** Of a document, what is about all of its pages. */
export interface Outline {
  readonly outcome: 'outlined'
  readonly pages: number
  /** How many signatures it has, which hold for the file as it is. */
  readonly signatures: number
  readonly bookmarks: readonly Bookmark[]
  /** Places that links go to by name. */
  readonly names: ReadonlyMap<string, Destination>
}

/** More than anybody has; the others are left out. */
const MOST_BOOKMARKS = 20_000
const MOST_NAMES = 20_000
const MOST_LEVELS = 50

/** `PDFACTION_URI` of fpdf_doc.h. */
const URL_ACTION = 3

/** Reads the bookmarks of a document, and the names that its links go by. */
export function readOutline(file: PdfFile): Promise<Outline | PdfFailure> {
  return withDocument(file, (document): Outline | PdfFailure => {
    const { pages } = document
    if (pages === 0) return { outcome: 'corrupt' }
    // What is damaged may lead in circles.
    const seen = new Set<number>()
    const bookmarks = readBelow(document, 0, 0, seen)
    const signatures = countSignatures(document)
    return { outcome: 'outlined', pages, signatures, bookmarks, names: readNames(document) }
  })
}

function readBelow(
  document: PdfDocument,
  parent: number,
  level: number,
  seen: Set<number>,
): Bookmark[] {
  if (level > MOST_LEVELS) return []
  const { pdfium, document: handle } = document
  const found: Bookmark[] = []
  let bookmark = pdfium.FPDFBookmark_GetFirstChild(handle, parent)
  while (bookmark !== 0 && !seen.has(bookmark) && seen.size < MOST_BOOKMARKS) {
    seen.add(bookmark)
    const title = readText(document, (buffer, length) =>
      pdfium.FPDFBookmark_GetTitle(bookmark, buffer, length),
    )
    found.push({
      title: title.toString('utf16le').replace(/\0$/, ''),
      goes: readGoal(document, bookmark),
      isOpen: pdfium.FPDFBookmark_GetCount(bookmark) > 0,
      below: readBelow(document, bookmark, level + 1, seen),
    })
    bookmark = pdfium.FPDFBookmark_GetNextSibling(handle, bookmark)
  }
  return found
}

function readGoal(document: PdfDocument, bookmark: number): Bookmark['goes'] {
  const { pdfium, document: handle } = document
  const destination = pdfium.FPDFBookmark_GetDest(handle, bookmark)
  if (destination !== 0) return readDestination(document, destination)
  const action = pdfium.FPDFBookmark_GetAction(bookmark)
  if (action === 0 || pdfium.FPDFAction_GetType(action) !== URL_ACTION) return undefined
  const url = readText(document, (buffer, length) =>
    pdfium.FPDFAction_GetURIPath(handle, action, buffer, length),
  )
  return { url: url.toString('latin1').replace(/\0$/, '') }
}

function readNames(document: PdfDocument): Map<string, Destination> {
  const { pdfium, memory, document: handle } = document
  const { malloc, free } = pdfium.pdfium.wasmExports
  const names = new Map<string, Destination>()
  const count = Math.min(pdfium.FPDF_CountNamedDests(handle), MOST_NAMES)
  const length: number = malloc(4)
  for (let index = 0; index < count; index += 1) {
    memory().writeInt32LE(0, length)
    pdfium.FPDF_GetNamedDest(handle, index, 0, length)
    const bytes = memory().readInt32LE(length)
    if (bytes <= 0) continue
    const buffer: number = malloc(bytes)
    const destination = pdfium.FPDF_GetNamedDest(handle, index, buffer, length)
    const name = memory().toString('utf16le', buffer, buffer + bytes)
    free(buffer)
    const read = readDestination(document, destination)
    if (read !== undefined) names.set(name.replace(/\0$/, ''), read)
  }
  free(length)
  return names
}

/** What PDFium writes into a buffer as long as it says first that it needs. */
function readText(
  { pdfium, memory }: PdfDocument,
  write: (buffer: number, length: number) => number,
): Buffer {
  const bytes = write(0, 0)
  if (bytes <= 0) return Buffer.alloc(0)
  const buffer = pdfium.pdfium.wasmExports.malloc(bytes)
  write(buffer, bytes)
  const text = Buffer.from(memory().subarray(buffer, buffer + bytes))
  pdfium.pdfium.wasmExports.free(buffer)
  return text
}
