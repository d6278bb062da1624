import { OutOfMemory, type PdfDocument } from '../document.ts'
import { boldLetters } from '../text/bold-letters.ts'
import { readCharacters, toLines } from '../text/characters.ts'
import { orderColumns } from '../text/columns.ts'
import { readRightToLeft } from '../text/right-to-left.ts'
import { hasUnknownLetters } from '../text/shown-pages.ts'
import { tidyPiece } from '../text/tidy-text.ts'

/** Text that belongs together on a page, with a blank where a line ends. */
export interface TextPiece {
  readonly text: string
  /** That of its first letter, in points. */
  readonly fontSize: number
  /** Whether its first letter is. */
  readonly bold?: boolean
}

/** The text of a page, by the numbers that mark it. */
export interface MarkedText {
  /** The number of the object that the page is. */
  readonly page: number
  readonly pieces: ReadonlyMap<number, TextPiece>
  /** What has no number, line by line, such as what is filled into fields; without what is marked as no part of the text. */
  readonly rest: readonly TextPiece[]
  readonly isGarbled: boolean
}

/** `FPDF_PAGEOBJ_…` of fpdf_edit.h. */
const TEXT = 1
const FORM = 5
/** Contents are in each other only so deep, and as many of their parts are looked at. */
const MOST_LEVELS = 16
const MOST_OBJECTS = 200_000

/** What marks of contents are called that are no part of the text, such as page numbers (ISO 32000-2, 14.8.2.2). */
const ARTIFACT = 'Artifact'
const NAME_BYTES = 64

/** What a letter belongs to: a number, what is no part of the text, or nothing. */
type Mark = number | 'artifact' | undefined

/** Reads the text of a page by its marks. */
export function readMarkedText(document: PdfDocument, page: number): MarkedText {
  const { pdfium } = document
  const number = pdfium.EPDFPage_GetObjectNumber(page)
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return { page: number, pieces: new Map(), rest: [], isGarbled: false }
  const lines = readMarkedLines(document, text, readMarks(document, page))
  const isGarbled = hasUnknownLetters(document, text)
  pdfium.FPDFText_ClosePage(text)
  const pieces = new Map<number, MarkedRun>()
  const rest: MarkedRun[] = []
  for (const run of lines.flat()) {
    const { mark } = run
    if (mark === 'artifact') continue
    const known = mark === undefined ? undefined : pieces.get(mark)
    if (known !== undefined) known.raw += run.raw
    else if (mark !== undefined) pieces.set(mark, run)
    else rest.push(run)
  }
  return {
    page: number,
    pieces: new Map(Array.from(pieces, ([mark, piece]) => [mark, toPiece(piece)])),
    rest: rest.map(toPiece).filter((piece) => piece.text.trim() !== ''),
    isGarbled,
  }
}

function toPiece({ raw, fontSize, isBold }: MarkedRun): TextPiece {
  return { text: tidyPiece(raw), fontSize, ...(isBold ? { bold: true } : {}) }
}

/** Letters beside each other that belong to the same. */
interface MarkedRun {
  readonly mark: Mark
  raw: string
  readonly fontSize: number
  readonly isBold: boolean
}

function readMarkedLines(
  document: PdfDocument,
  text: number,
  marks: ReadonlyMap<number, Mark>,
): MarkedRun[][] {
  const objectOf = document.bare('FPDFText_GetTextObject')
  const isBold = boldLetters(document, text)
  const lines = orderColumns(toLines(readCharacters(document, text)))
  const turned = readRightToLeft(lines)
  return lines.map((line, index) => {
    const runs: MarkedRun[] = []
    for (const character of turned[index] ?? line) {
      const last = runs.at(-1)
      // A blank between two belongs to the first.
      const mark = character.isMade ? last?.mark : marks.get(objectOf(text, character.index))
      if (last !== undefined && (character.isMade || last.mark === mark)) last.raw += character.text
      else {
        const { text: raw, fontSize } = character
        runs.push({ mark, raw, fontSize, isBold: isBold(character) })
      }
    }
    const last = runs.at(-1)
    if (last !== undefined) last.raw += '\n'
    return runs
  })
}

/** What texts of a page belong to, by PDFium's numbers for them. */
function readMarks(document: PdfDocument, page: number): ReadonlyMap<number, Mark> {
  const { pdfium } = document
  const marks = new Map<number, Mark>()
  const buffer = pdfium.pdfium.wasmExports.malloc(NAME_BYTES + 4)
  if (buffer === 0) throw new OutOfMemory()
  let looked = 0

  function markOf(object: number): Mark {
    const number = pdfium.FPDFPageObj_GetMarkedContentID(object)
    if (number >= 0) return number
    for (let index = pdfium.FPDFPageObj_CountMarks(object) - 1; index >= 0; index -= 1) {
      const mark = pdfium.FPDFPageObj_GetMark(object, index)
      if (nameOfMark(document, mark, buffer) === ARTIFACT) return 'artifact'
    }
    return undefined
  }

  function look(
    count: number,
    at: (index: number) => number,
    level: number,
    around: Mark | 'page',
  ): void {
    for (let index = 0; index < count && looked < MOST_OBJECTS; index += 1) {
      looked += 1
      const object = at(index)
      const kind = pdfium.FPDFPageObj_GetType(object)
      if (kind !== TEXT && kind !== FORM) continue
      // Numbers within other contents are theirs.
      const own = around === 'page' ? markOf(object) : around
      if (kind === TEXT) marks.set(object, own)
      else if (level < MOST_LEVELS) {
        const inner = (each: number): number => pdfium.FPDFFormObj_GetObject(object, each)
        look(pdfium.FPDFFormObj_CountObjects(object), inner, level + 1, own)
      }
    }
  }

  const ofPage = (index: number): number => pdfium.FPDFPage_GetObject(page, index)
  look(pdfium.FPDFPage_CountObjects(page), ofPage, 0, 'page')
  pdfium.pdfium.wasmExports.free(buffer)
  return marks
}

/** @param buffer - of {@link NAME_BYTES} and 4 for how long the name is */
function nameOfMark({ pdfium, memory }: PdfDocument, mark: number, buffer: number): string {
  const length = buffer + NAME_BYTES
  if (!pdfium.FPDFPageObjMark_GetName(mark, buffer, NAME_BYTES, length)) return ''
  const bytes = Math.min(NAME_BYTES, memory().readUInt32LE(length))
  return memory()
    .toString('utf16le', buffer, buffer + bytes)
    .replace(/\0$/, '')
}
