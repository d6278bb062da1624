import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import {
  drawPageHere,
  measurePageHere,
  type PageSize,
} from '../../../../src/engine/pdf/draw-page.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { pdfOfPage, streamOf } from '../pdf-files.ts'

const WHITE = { r: 255, g: 255, b: 255 }
const [WIDTH, HEIGHT] = [400, 300]

const DESCRIPTOR =
  '<</Type/FontDescriptor/FontName/Other/Flags 32/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 700/StemV 80>>'

/** Letters in a font of single bytes, whose encoding names them. */
function named(subtype: string, baseFont: string): (letters: string) => Buffer {
  return (letters) => {
    const names = Array.from(letters, (letter) => `/uni${hex(letter)}`).join('')
    const codes = Array.from(letters, (_, index) => (128 + index).toString(16)).join('')
    return pdfOfPage({
      contents: `BT /F 10 Tf 20 260 Td (Latin) Tj /G 60 Tf 0 -160 Td <${codes}> Tj ET`,
      fonts: '/G 6 0 R',
      objects: [
        `<</Type/Font/Subtype/${subtype}/BaseFont/${baseFont}/FontDescriptor 7 0 R/FirstChar 128/LastChar 139/Widths[${'700 '.repeat(12)}]/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[128${names}]>>>>`,
        DESCRIPTOR,
      ],
    })
  }
}

/** Letters in a font of two bytes each, of which a map says what they are. */
function mapped(baseFont: string): (letters: string) => Buffer {
  return (letters) =>
    pdfOfPage({
      contents: `BT /G 60 Tf 20 100 Td <${codesOf(letters)}> Tj ET`,
      fonts: '/G 6 0 R',
      objects: wideFont(letters, baseFont),
    })
}

function codesOf(letters: string): string {
  return Array.from(letters, (_, index) => (900 + index).toString(16).padStart(4, '0')).join('')
}

/** From number 6 on. */
function wideFont(letters: string, baseFont: string): readonly string[] {
  const lines = Array.from(letters, (letter, index) => {
    return `<${(900 + index).toString(16).padStart(4, '0')}> <${hex(letter)}>\n`
  })
  return [
    `<</Type/Font/Subtype/Type0/BaseFont/${baseFont}/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 9 0 R>>`,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${baseFont}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 700/FontDescriptor 8 0 R>>`,
    DESCRIPTOR,
    streamOf(
      `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <ffff> endcodespacerange ${lines.length} beginbfchar\n${lines.join('')}endbfchar endcmap end end`,
    ),
  ]
}

/** Letters that an annotation shows, or a field, and the page does not. */
function annotated(entries: string): (letters: string) => Buffer {
  return (letters) =>
    pdfOfPage({
      contents: 'BT /F 10 Tf 20 260 Td (Latin) Tj ET',
      page: '/Annots[10 0 R]',
      catalog: '/AcroForm<</Fields[10 0 R]/DR<</Font<</G 6 0 R>>>>>>',
      objects: [
        ...wideFont(letters, 'ArialMT'),
        `<</Type/Annot/F 4/Rect[20 80 380 160]/AP<</N 11 0 R>>${entries.replace('TEXT', `<feff${Array.from(letters, hex).join('')}>`)}>>`,
        streamOf(
          `BT /G 60 Tf 0 20 Td <${codesOf(letters)}> Tj ET`,
          '/Type/XObject/Subtype/Form/BBox[0 0 360 80]/Resources<</Font<</G 6 0 R>>>>',
        ),
      ],
    })
}

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
}

const KINDS: readonly (readonly [what: string, write: (letters: string) => Buffer])[] = [
  ['TrueType, named by its encoding', named('TrueType', 'ArialMT')],
  ['TrueType of a name that nobody knows', named('TrueType', 'SimplifiedArabic')],
  ['TrueType, bold', named('TrueType', 'Arial,Bold')],
  ['TrueType, with serifs', named('TrueType', 'TimesNewRomanPSMT')],
  ['Type 1', named('Type1', 'Helvetica')],
  ['Type 1, as wide as each other', named('Type1', 'Courier')],
  ['two bytes a letter', mapped('ArialMT')],
  ['two bytes a letter, bold', mapped('TimesNewRomanPS-BoldMT')],
  ['a typed note', annotated('/Subtype/FreeText/DA(/G 60 Tf)/Contents TEXT')],
  ['a field', annotated('/Subtype/Widget/FT/Tx/T(a)/DA(/G 60 Tf)/V TEXT')],
]

/** Two letters each, that look different. */
const SCRIPTS: readonly (readonly [script: string, one: string, other: string])[] = [
  ['Arabic', '\u0628', '\u0645'],
  ['Arabic in forms of presentation', '\ufe91', '\ufee3'],
  ['Persian', '\u067e', '\u06af'],
  ['Urdu', '\u0679', '\u06d2'],
  ['Hebrew', '\u05d0', '\u05e9'],
  ['Thai', '\u0e01', '\u0e2d'],
]

describe('letters of fonts that a PDF has not in it', () => {
  const folder = useTemporaryFolder()

  async function measure(pdf: Buffer): Promise<{ size: PageSize; path: string }> {
    const path = folder.pathTo('page.pdf')
    await writeFile(path, pdf)
    const size = await measurePageHere({ path, password: undefined, page: 1 })
    assert.equal(size.outcome, 'measured')
    return { size, path }
  }

  /** Where the letters are: the pixels, and how many of them are dark. */
  async function draw(pdf: Buffer): Promise<{ dark: number; pixels: Buffer }> {
    const { size, path } = await measure(pdf)
    const drawn = await drawPageHere(
      { path, password: undefined, page: 1 },
      {
        drawnAt: { width: WIDTH, height: HEIGHT },
        left: 0,
        top: 120,
        width: WIDTH,
        height: 120,
        background: WHITE,
        takesScripts: size.takesScripts,
      },
    )
    assert.equal(drawn.outcome, 'drawn')
    return {
      dark: drawn.pixels.filter((sample) => sample < 128).length / 3,
      pixels: Buffer.from(drawn.pixels),
    }
  }

  for (const [what, write] of KINDS) {
    for (const [script, one, other] of SCRIPTS) {
      it(`are drawn: ${script}, ${what}`, async () => {
        const [first, second] = [await draw(write(one)), await draw(write(other))]
        assert.ok(first.dark > 60, `${first.dark} pixels are dark`)
        assert.ok(second.dark > 60, `${second.dark} pixels are dark`)
        assert.ok(!first.pixels.equals(second.pixels), 'both look alike')
      })
    }
  }

  it('are told where no font has them, each once', async () => {
    for (const write of [named('TrueType', 'Mangal'), mapped('Mangal')]) {
      const { size } = await measure(write('\u0928\u092e\u0947\u0928'))
      assert.deepEqual(size.absentLetters, ['न', 'म', '◌े'])
      assert.equal(size.takesScripts, false)
    }
  })

  it('are told of what is beside others that are drawn', async () => {
    const { size } = await measure(mapped('ArialMT')('\u0e01\u0628\u0d05'))
    assert.deepEqual([size.absentLetters, size.takesScripts], [['അ'], true])
  })

  it('take no fonts of other scripts where they are of Europe', async () => {
    const { size } = await measure(mapped('ArialMT')('a\u00e9\u0416\u03c9'))
    assert.deepEqual([size.absentLetters, size.takesScripts], [[], false])
  })
})
