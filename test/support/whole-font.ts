import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { PDFName, PDFString } from '@cantoo/pdf-lib'
import fontverter from 'fontverter'
import { type DrawPage, pdfOf } from './pdf.ts'

/** The letters A to Z in Roboto. */
const FIRST_LETTER = 37

/** A PDF with pages of text in a font that is embedded with all of its letters; texts are of the letters A to Z. */
export async function wholeFontPdf(texts: readonly string[]): Promise<Buffer> {
  const path = fileURLToPath(import.meta.resolve('fontverter/testdata/Roboto-400.woff'))
  const font = await fontverter.convert(await readFile(path), 'sfnt')
  const pages = texts.map((text): DrawPage => (page, document) => {
    const { context } = document
    const Length1 = font.length
    const file = context.register(context.flateStream(font, { Length1 }))
    const BaseFont = 'Roboto'
    const descriptor = context.register(
      context.obj({
        Type: 'FontDescriptor',
        FontName: BaseFont,
        Flags: 4,
        FontBBox: [-2000, -2000, 2000, 2000],
        ItalicAngle: 0,
        Ascent: 1000,
        Descent: -300,
        CapHeight: 700,
        StemV: 80,
        FontFile2: file,
      }),
    )
    const descendant = context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont,
      CIDSystemInfo: {
        Registry: PDFString.of('Adobe'),
        Ordering: PDFString.of('Identity'),
        Supplement: 0,
      },
      CIDToGIDMap: 'Identity',
      DW: 600,
      W: [0, Array.from({ length: 1200 }, (_, letter) => 500 + (letter % 7))],
      FontDescriptor: descriptor,
    })
    const DescendantFonts = [context.register(descendant)]
    const whole = { Type: 'Font', Subtype: 'Type0', BaseFont, Encoding: 'Identity-H' }
    const ref = context.register(context.obj({ ...whole, DescendantFonts }))
    page.node.setFontDictionary(PDFName.of('A-Long-Name-Of-Roboto'), ref)
    const codes = Array.from(text)
      .map((letter) => (letter.charCodeAt(0) - 65 + FIRST_LETTER).toString(16).padStart(4, '0'))
      .join('')
    const drawn = `BT /A-Long-Name-Of-Roboto 40.000 Tf 1 0 0 1 20 080.50 Tm <${codes}> Tj ET`
    page.node.set(PDFName.of('Contents'), context.register(context.stream(drawn)))
  })
  return pdfOf(pages)
}
