import { closeSync, openSync, writeFileSync } from 'node:fs'
import type { PdfDocument, PdfFile } from '../document.ts'
import { readShownBox } from '../survey-pages.ts'
import { boldLetters } from './bold-letters.ts'
import { readCharacters } from './characters.ts'
import { type PlacedBlock, type PlacedBox, placeLines, round } from './place-lines.ts'
import { hasUnknownLetters, type ReadPages, readShownPages } from './shown-pages.ts'

/**
 * Writes the text of all pages with where it stands, as it is seen when the document is opened: JSON, with a line for each page, so
 * that a long document is never in memory as a whole. There may be a part of the file when it fails.
 *
 * It is an object `{"pages": […]}`. A page has its `number` from 1, its `width` and `height` as it is shown, by how many degrees
 * clockwise it is turned for that (`rotation`), and `blocks`: `{"box", "lines"}`. A line is `{"text", "box", "fontSize", "words"}`, with
 * `"bold": true` where it is that, and a word `{"text", "box"}`. A box is `[left, top, right, bottom]`. All lengths are in points of 1/72 inch, from the upper left of the
 * page as it is shown.
 */
export async function writePositions(file: PdfFile, jsonPath: string): Promise<ReadPages> {
  const output = openSync(jsonPath, 'w')
  let separator = '{"pages":[\n'
  try {
    const read = await readShownPages(file, readPage, ({ page }, number) => {
      writeFileSync(output, `${separator}${JSON.stringify({ number, ...page })}`)
      separator = ',\n'
    })
    writeFileSync(output, '\n]}\n')
    return read
  } finally {
    closeSync(output)
  }
}

function readPage(document: PdfDocument, page: number) {
  const { pdfium } = document
  const turn = pdfium.FPDFPage_GetRotation(page) * 90
  const { blocks, isGarbled } = readBlocks(document, page, turn)
  return {
    page: {
      width: round(pdfium.FPDF_GetPageWidthF(page)),
      height: round(pdfium.FPDF_GetPageHeightF(page)),
      rotation: turn,
      blocks: blocks.map(({ box, lines }) => ({
        box: toList(box),
        lines: lines.map((line) => ({
          text: line.words.map(({ text }) => text).join(' '),
          box: toList(line.box),
          fontSize: line.fontSize,
          ...(line.isBold ? { bold: true } : {}),
          words: line.words.map((word) => ({ text: word.text, box: toList(word.box) })),
        })),
      })),
    },
    isGarbled,
  }
}

function readBlocks(
  document: PdfDocument,
  page: number,
  turn: number,
): { blocks: PlacedBlock[]; isGarbled: boolean } {
  const { pdfium } = document
  const text = pdfium.FPDFText_LoadPage(page)
  if (text === 0) return { blocks: [], isGarbled: false }
  const shown = readShownBox(document, page)
  const blocks = placeLines(readCharacters(document, text), {
    shown,
    turn,
    isBold: boldLetters(document, text),
  })
  const isGarbled = hasUnknownLetters(document, text)
  pdfium.FPDFText_ClosePage(text)
  return { blocks, isGarbled }
}

function toList({ left, top, right, bottom }: PlacedBox): readonly number[] {
  return [left, top, right, bottom]
}
