import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { utils, type WorkBook, write } from '@e965/xlsx'
import { compound } from './compound.ts'
import { useExtraction } from './extraction.ts'

/** Documents of LibreOffice, of what python-docx has written and of slides in one file of XML. */
const read = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, 'legacy', name))

const WORDS = Array.from({ length: 2000 }, (_, nth) => `Wort ${nth} ${'ж'.repeat(nth % 7)}`)

/** A workbook whose shared strings take more than one record. */
function workbook(): WorkBook {
  const sheet = utils.aoa_to_sheet([
    ['Cafe', 501, 0.125, 1234.5, 45_356.520_833, true],
    [],
    [{ t: 'e', v: 7 }, 1e-7, -42, 1.25, 100_000_000, 'x'.repeat(250)],
  ])
  for (const [cell, format] of [
    ['A1', '@" de nuit"'],
    ['B1', '00000'],
    ['C1', '0.0%'],
    ['D1', '"CHF" #,##0.00'],
    ['E1', 'dd.mm.yyyy hh:mm'],
  ] as const) {
    sheet[cell].z = format
  }
  const book = utils.book_new(sheet, 'One')
  const formulas = utils.aoa_to_sheet([[1]])
  formulas['A2'] = { t: 's', f: '"a"&"b"', v: 'ab' }
  formulas['A3'] = { t: 'n', f: '1+1', v: 2 }
  formulas['!ref'] = 'A1:A3'
  utils.book_append_sheet(book, formulas, 'Two')
  return book
}

const SHEET = `Cafe de nuit\t00501\t12.5%\tCHF 1,234.50\t2024-03-05T12:30:00\tTRUE
#DIV/0!\t1E-07\t-42\t1.25\t100000000\t${'x'.repeat(250)}

1
ab
2
`

function toFile(book: WorkBook, bookType: 'biff8' | 'biff5'): Buffer {
  const written: unknown = write(book, { bookType, type: 'buffer', bookSST: bookType === 'biff8' })
  assert.ok(Buffer.isBuffer(written))
  return written
}

describe('text of an office document of before 2007', () => {
  const { assertText, assertFails } = useExtraction()

  it('has headers, body and footers of a Word document, as that of a DOCX has', () =>
    assertText(
      read('plan.doc'),
      `Kopfzeile
Erste Kopfzeile

Heading (one)
before  after\ttab‑hyphsoft
c00\t\tc02
c10\tc11
in0\tin1
\tc12
second par
Symbol: ✓
deleted: NEW
field:
box anchor after box
In the box
Привет мир — Ελληνικά 中文
last page

Fußzeile
`,
    ))

  it('has the slides of a presentation in their order, each with its notes', () =>
    assertText(
      read('notes.ppt'),
      'Erste Folie 日本\nZeile\nUmbruch\nSeite  Ende\nNotiz\n\nZweite Folie\n',
    ))

  it('has what a presentation has in outlines, groups and tables', () =>
    assertText(read('deck.ppt'), 'Titel\na\nb\nin group\n\nt00\nt01\nt10\nt11\n'))

  for (const { bookType, title } of [
    { bookType: 'biff8', title: 'Excel 97' },
    { bookType: 'biff5', title: 'Excel 5.0' },
  ] as const) {
    it(`has the cells of a workbook of ${title} as they are displayed`, () =>
      assertText(toFile(workbook(), bookType), SHEET))
  }

  it('has strings that go on from record to record', () =>
    assertText(
      toFile(utils.book_new(utils.aoa_to_sheet(WORDS.map((word) => [word])), 'One'), 'biff8'),
      `${WORDS.map((word) => word.trim()).join('\n')}\n`,
    ))

  const encryptedWord = Buffer.alloc(600)
  encryptedWord.writeUInt16LE(0xa5ec, 0)
  encryptedWord.writeUInt16LE(0xc1, 2)
  encryptedWord[11] = 1
  const oldWord = Buffer.alloc(600)
  oldWord.writeUInt16LE(0xa5ec, 0)
  oldWord.writeUInt16LE(0x68, 2)

  for (const { name, source, sentence } of [
    {
      name: 'it is encrypted',
      source: { WordDocument: encryptedWord },
      sentence: /an encrypted Word 97–2003 document \(\.doc\), which has to be saved as \.docx/,
    },
    {
      name: 'a workbook is encrypted',
      source: { Workbook: Buffer.from('0908080000060500000000002f000000', 'hex') },
      sentence: /an encrypted Excel 97–2003 workbook \(\.xls\), which has to be saved as \.xlsx/,
    },
    {
      name: 'it is older than Word 97',
      source: { WordDocument: oldWord },
      sentence: /older than a Word 97–2003 document \(\.doc\), which has to be saved as \.docx/,
    },
  ]) {
    it(`fails with what to do when ${name}`, () =>
      assertFails(compound(source), 'SourceUnsupported', sentence))
  }

  for (const stream of ['WordDocument', 'Workbook', 'PowerPoint Document']) {
    it(`fails when there is nothing in its stream ${stream}`, () =>
      assertFails(compound({ [stream]: Buffer.alloc(5000) }), 'SourceCorrupt', /damaged/))
  }
})
