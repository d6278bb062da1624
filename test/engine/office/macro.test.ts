import assert from 'node:assert/strict'
import { type OfficeTask, quote, writeMacro } from '../../../src/engine/office/macro.ts'

const TASK: OfficeTask = {
  sourceUrl: 'file:///work/source.docx',
  targetUrl: 'file:///work/made.pdf',
  reportPath: '/work/report',
  reading: { name: 'MS Word 2007 XML' },
  writing: { name: 'writer_pdf_Export' },
  password: undefined,
  pdf: {},
  countsPages: false,
  fitsWidth: false,
  hidesChanges: false,
}

/** Where the program calls what it does not always need. */
const calls = (task: Partial<OfficeTask>) =>
  writeMacro({ ...TASK, ...task }).match(/^ {2}(?:FitWidth|HideChanges)|& PagesOf/gm)

describe('the program for LibreOffice', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['', '""'],
    ['calc8', '"calc8"'],
    ['1-3,5', '"1-3" & Chr(44) & "5"'],
    ['a"b', '"a" & Chr(34) & "b"'],
    ['ß\n', 'Chr(223) & Chr(10)'],
    ['😀', 'Chr(55357) & Chr(56832)'],
    ['") : Shell("rm', 'Chr(34) & Chr(41) & " : Shell" & Chr(40) & Chr(34) & "rm"'],
  ]
  for (const [text, written] of texts) {
    it(`has ${JSON.stringify(text)} as ${written}`, () => {
      assert.equal(quote(text), written)
    })
  }

  it('never runs the macros of a document, and updates none of its links', () => {
    const macro = writeMacro(TASK)
    assert.match(macro, /loadComponentFromURL\(.*OfProperty\("MacroExecutionMode", 0\)/)
    assert.match(macro, /loadComponentFromURL\(.*OfProperty\("UpdateDocMode", 0\)/)
  })

  it('tells the filters and what the PDF shall be', () => {
    const macro = writeMacro({ ...TASK, pdf: { PageRange: '2', SelectPdfVersion: 2 } })
    assert.match(macro, /storeToURL\(.*"FilterName", "writer_pdf_Export"/)
    assert.match(
      macro,
      /"FilterData", Array\(OfProperty\("PageRange", "2"\), OfProperty\("SelectPdfVersion", 2\)\)/,
    )
  })

  it('fits sheets, hides changes and counts pages only when it is to', () => {
    assert.equal(calls({}), null)
    assert.deepEqual(calls({ countsPages: true, fitsWidth: true }), ['& PagesOf', '  FitWidth'])
    assert.deepEqual(calls({ hidesChanges: true }), ['  HideChanges'])
  })
})
