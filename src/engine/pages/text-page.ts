import { columnsOf, layOutPage } from './page-layout.ts'
import { assemblePdf, encodeWinAnsi } from './pdf-file.ts'

/** A4, in points; with it {@link COLUMNS} of Courier fill the space between the margins. */
const PAGE = { width: 595, height: 842 }
const MARGIN = { left: 57, top: 61 }
const FONT_SIZE = 10
const COLUMN = 0.6 * FONT_SIZE
const LEADING = 12

/**
 * Writes a PDF file of one page that has the beginning of a text in Courier, which every reader of PDF has built in.
 * Letters that are not in it are bars, as in a picture too small to read.
 */
export function writeTextPage(text: string): Buffer {
  const lines = layOutPage(text)
  const content = lines.flatMap((line, index) => drawLine(line, index)).join('\n')
  return assemblePdf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${PAGE.width} ${PAGE.height}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>`,
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>',
  ])
}

/** The operators that draw a line: one for each run of letters that the font has, and a bar for each that it has not. */
function drawLine(line: string, index: number): string[] {
  const y = PAGE.height - MARGIN.top - index * LEADING
  const operators: string[] = []
  let column = 0
  for (const run of line.match(/[^\S]+|[^\s]+/gu) ?? []) {
    const letters = Array.from(run)
    const columns = letters.reduce((sum, letter) => sum + columnsOf(letter), 0)
    const x = (MARGIN.left + column * COLUMN).toFixed(1)
    const codes = letters.map(encodeWinAnsi)
    if (/\S/.test(run)) {
      operators.push(
        codes.includes(undefined)
          ? `0.6 g ${x} ${y} ${(columns * COLUMN).toFixed(1)} ${FONT_SIZE / 2} re f 0 g`
          : `BT /F ${FONT_SIZE} Tf ${x} ${y} Td <${Buffer.from(codes.map((code) => code ?? 0)).toString('hex')}> Tj ET`,
      )
    }
    column += columns
  }
  return operators
}
