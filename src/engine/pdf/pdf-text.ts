import { closeSync, openSync, writeFileSync } from 'node:fs'
import {
  type PdfDocument,
  type PdfFailure,
  type PdfFile,
  withDocument,
  withPage,
} from './document.ts'

/** What became of the text of a document; there is a text file when it was written, and maybe a part of one otherwise. */
export type WrittenText = { readonly outcome: 'written' } | PdfFailure

/**
 * Writes the text of all pages as UTF-8, a blank line between two pages that have any. A page without text, such as a
 * scan, adds nothing, and one that is damaged neither when others are not.
 */
export function writeText(file: PdfFile, textPath: string): Promise<WrittenText> {
  return withDocument(file, (document): WrittenText => {
    const output = openSync(textPath, 'w')
    let separator = ''
    let readable = 0
    try {
      for (let number = 1; number <= document.pages; number += 1) {
        const text = withPage(document, number, (page) => readPage(document, page))
        if (typeof text !== 'string') continue
        readable += 1
        if (text === '') continue
        // Unlike writeSync, to the last byte.
        writeFileSync(output, `${separator}${text}\n`)
        separator = '\n'
      }
    } finally {
      closeSync(output)
    }
    return { outcome: readable > 0 ? 'written' : 'corrupt' }
  })
}

function readPage({ pdfium, memory }: PdfDocument, page: number): string {
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return ''
  const characters = pdfium.FPDFText_CountChars(text)
  if (characters <= 0) {
    pdfium.FPDFText_ClosePage(text)
    return ''
  }
  // UTF-16, with a zero at the end.
  const buffer = pdfium.pdfium.wasmExports.malloc((characters + 1) * 2)
  const written = pdfium.FPDFText_GetText(text, 0, characters, buffer)
  const raw = memory().toString('utf16le', buffer, buffer + Math.max(0, written - 1) * 2)
  pdfium.pdfium.wasmExports.free(buffer)
  pdfium.FPDFText_ClosePage(text)
  return tidy(raw)
}

/** PDFium's marks for the hyphen of a word that goes on in the next line. */
const BROKEN_WORD_MARKS = ['\uFFFE', '\u0002']

/** Letters that fonts draw as one, such as "ffi"; whoever searches types them one by one. */
const LIGATURES = /[\uFB00-\uFB06]/g

const CONTROLS = /[^\P{Cc}\t\n]/gu

function tidy(raw: string): string {
  const lines = raw.replaceAll(/\r\n?/g, '\n')
  return BROKEN_WORD_MARKS.reduce(
    (text, mark) => text.replaceAll(`${mark}\n`, '').replaceAll(mark, ''),
    lines,
  )
    .replaceAll(LIGATURES, (letters) => letters.normalize('NFKC'))
    .replaceAll(CONTROLS, '')
    .replaceAll(/[ \t]+$/gm, '')
    .trim()
    .toWellFormed()
    .normalize('NFC')
}
