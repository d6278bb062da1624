import { PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib'

/** The lines of a page. */
const LINES = 44
const WORDS_IN_A_LINE = 12

const WORDS =
  'harbour dusk lamp boat rope water quay mast sail light wind tower stone wave tide gull net crane rail deck'.split(
    ' ',
  )

/** Draws a PDF of pages that look like those of a book: a heading, lines of text in two fonts, and a figure. */
export async function drawBook(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const serif = await document.embedFont(StandardFonts.TimesRoman)
  const sans = await document.embedFont(StandardFonts.HelveticaBold)
  for (let number = 0; number < pages; number += 1) {
    const page = document.addPage([595, 842])
    page.drawText(`Chapter ${number + 1}`, { x: 60, y: 780, size: 20, font: sans })
    for (let line = 0; line < LINES; line += 1) {
      const words = Array.from(
        { length: WORDS_IN_A_LINE },
        (_, word) => WORDS[(number * 7 + line * 13 + word * word * 3) % WORDS.length],
      )
      page.drawText(words.join(' '), { x: 60, y: 740 - 14 * line, size: 11, font: serif })
    }
    for (let ring = 1; ring < 12; ring += 1) {
      page.drawEllipse({
        x: 300,
        y: 80,
        xScale: 18 * ring,
        yScale: 3 * ring,
        borderColor: rgb(ring / 12, 0.3, 0.6),
        borderWidth: 1,
      })
    }
  }
  return document.save()
}
