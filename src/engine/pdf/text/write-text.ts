import { closeSync, openSync, writeFileSync } from 'node:fs'
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
import { readCharacters, toLines } from './characters.ts'
import { orderColumns } from './columns.ts'
import { RIGHT_TO_LEFT, readRightToLeft } from './right-to-left.ts'
import { drawAnnotations, removeHidden } from './shown-content.ts'
import type { UnreadPages } from './unread-pages.ts'

/** What became of the text of a document; there is a text file when it was written, and maybe a part of one otherwise. */
export type WrittenText = ({ readonly outcome: 'written' } & UnreadPages) | PdfFailure

/**
 * Writes the text of all pages as it is seen when the document is opened, with the values of forms and what notes show, and without
 * hidden layers: UTF-8, a blank line between two pages that have any. A page without text, such as a scan, adds nothing, and one
 * that is damaged neither when others are not.
 */
export function writeText(file: PdfFile, textPath: string): Promise<WrittenText> {
  const hidden = withOpenFile(file.path, (bytes) => writeHiddenUpdate(bytes, file.password))
  return withDocument(
    file,
    (document): WrittenText =>
      withForm(document, (form) => {
        const output = openSync(textPath, 'w')
        let separator = ''
        const damaged: number[] = []
        const garbled: number[] = []
        try {
          for (let number = 1; number <= document.pages; number += 1) {
            const page = readShownPage(document, { number, form, isLayered: hidden !== undefined })
            if ('outcome' in page) {
              damaged.push(number)
              continue
            }
            const { text, isGarbled } = page
            if (isGarbled) garbled.push(number)
            if (text === '') continue
            // Unlike writeSync, to the last byte.
            writeFileSync(output, `${separator}${text}\n`)
            separator = '\n'
          }
        } finally {
          closeSync(output)
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

function readShownPage(
  document: PdfDocument,
  { number, form, isLayered }: WantedPage,
): PageText | PdfFailure {
  const read = (page: number): PageText => {
    if (isLayered) removeHidden(document, page)
    return readPage(document, page)
  }
  const text = withPage(document, number, (page) =>
    drawAnnotations(document, page, form) ? undefined : read(page),
  )
  return text ?? withPage(document, number, read)
}

/** What there is to be read on a page. */
interface PageText {
  readonly text: string
  /** Whether letters are not what they should be. */
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
  const isGarbled = hasUnknownLetters(document, text, characters)
  pdfium.FPDFText_ClosePage(text)
  return { text: tidy(ordered), isGarbled }
}

const NO_TEXT: PageText = { text: '', isGarbled: false }

/** As many letters of a page are asked whether the file says what they are, and so many may be unknown. */
const MOST_ASKED = 200
const MOST_UNKNOWN = 0.1

function hasUnknownLetters({ pdfium }: PdfDocument, text: number, characters: number): boolean {
  const step = Math.ceil(characters / MOST_ASKED)
  let [asked, unknown] = [0, 0]
  for (let index = 0; index < characters; index += step) {
    asked += 1
    if (pdfium.FPDFText_HasUnicodeMapError(text, index) === 1) unknown += 1
  }
  return unknown > asked * MOST_UNKNOWN
}

/** Reads letter by letter what PDFium does not put into the order in which it is read. */
function readOrdered(document: PdfDocument, text: number): string {
  const lines = orderColumns(toLines(readCharacters(document, text)))
  const turned = readRightToLeft(lines)
  return lines
    .map((line, index) => turned[index] ?? line.map((character) => character.text).join(''))
    .join('\n')
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
