import { closeSync, openSync, writeFileSync } from 'node:fs'
import type { PdfDocument, PdfFile } from '../document.ts'
import { readCharacters, toLines } from './characters.ts'
import { orderColumns } from './columns.ts'
import { RIGHT_TO_LEFT, readRightToLeft } from './right-to-left.ts'
import { hasUnknownLetters, type ReadPages, readShownPages } from './shown-pages.ts'
import { tidyText } from './tidy-text.ts'

/**
 * Writes the text of all pages as it is seen when the document is opened, see {@link readShownPages}: UTF-8, a blank line between two
 * pages that have any. A page without text, such as a scan, adds nothing. There may be a part of the file when it fails.
 */
export async function writeText(file: PdfFile, textPath: string): Promise<ReadPages> {
  const output = openSync(textPath, 'w')
  let separator = ''
  try {
    return await readShownPages(file, readPage, ({ text }) => {
      if (text === '') return
      // Unlike writeSync, to the last byte.
      writeFileSync(output, `${separator}${text}\n`)
      separator = '\n'
    })
  } finally {
    closeSync(output)
  }
}

/** What there is to be read on a page. */
interface PageText {
  readonly text: string
  readonly isGarbled: boolean
}

/** Letters of East Asia, which may stand one below the other. */
const EAST_ASIAN = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/

function readPage(document: PdfDocument, page: number): PageText {
  const { pdfium, memory } = document
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return NO_TEXT
  const characters = pdfium.FPDFText_CountChars(text)
  if (characters <= 0) {
    pdfium.FPDFText_ClosePage(text)
    return NO_TEXT
  }
  // UTF-16, with a zero at the end.
  const buffer = pdfium.pdfium.wasmExports.malloc((characters + 1) * 2)
  const written = pdfium.FPDFText_GetText(text, 0, characters, buffer)
  const raw = memory().toString('utf16le', buffer, buffer + Math.max(0, written - 1) * 2)
  pdfium.pdfium.wasmExports.free(buffer)
  const ordered =
    RIGHT_TO_LEFT.test(raw) || EAST_ASIAN.test(raw) ? readOrdered(document, text) : raw
  const isGarbled = hasUnknownLetters(document, text)
  pdfium.FPDFText_ClosePage(text)
  return { text: tidyText(ordered), isGarbled }
}

const NO_TEXT: PageText = { text: '', isGarbled: false }

/** Reads letter by letter what PDFium does not put into the order in which it is read. */
function readOrdered(document: PdfDocument, text: number): string {
  const lines = orderColumns(toLines(readCharacters(document, text)))
  const turned = readRightToLeft(lines)
  return lines
    .map((line, index) => (turned[index] ?? line).map((character) => character.text).join(''))
    .join('\n')
}
