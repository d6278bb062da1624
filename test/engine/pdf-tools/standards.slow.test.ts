import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Context } from 'mocha'
import type { PdfChanges } from '../../../src/engine/pdf-tools/pdf-changes.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { bookmarkedPdf } from '../../support/bookmarked-pdf.ts'
import { skipWithout } from '../../support/tools.ts'
import { useChanges } from './changing.ts'

const run = promisify(execFile)

/** What a program prints. */
async function ask(program: string, ...given: readonly string[]): Promise<string> {
  const { stdout } = await run(program, given)
  return stdout
}

describe('what other readers say of a PDF that is changed', function () {
  this.timeout(60_000)
  const { gs: ghostscript } = findPrograms({ PATH: process.env['PATH'] })
  const { change, pathOf } = useChanges(ghostscript === undefined ? {} : { ghostscript })
  let book: Buffer

  before(async () => {
    book = await bookmarkedPdf('Book')
  })

  const CHANGES: readonly PdfChanges[] = [
    {
      pages: [
        { from: 3, to: 3 },
        { from: 1, to: 1 },
      ],
    },
    { rotate: { degrees: 90 } },
    { optimize: { profile: 'web' } },
    { linearize: true },
    { encrypt: { password: '', ownerPassword: 'owner' } },
  ]
  for (const changes of CHANGES) {
    it(`is nothing bad with qpdf: ${JSON.stringify(changes)}`, async function (this: Context) {
      skipWithout(this, 'qpdf')
      const path = await pathOf(await change(book, changes))
      const told = await ask('qpdf', '--check', path)
      assert.match(told, /No syntax or stream encoding errors found/)
      if (changes.linearize === true) assert.match(told, /File is linearized/)
    })
  }

  it('is how it is encrypted and what is allowed', async function (this: Context) {
    skipWithout(this, 'poppler')
    const encrypt = { password: 'open', allowPrint: false, allowModify: false, allowExtract: false }
    const path = await pathOf(await change(book, { encrypt }))
    const told = await ask('pdfinfo', '-upw', 'open', path)
    assert.match(
      told,
      /^Encrypted: +yes \(print:no copy:no change:no addNotes:no algorithm:AES-256\)$/m,
    )
  })

  const STANDARDS: readonly (readonly [NonNullable<PdfChanges['standard']>, RegExp])[] = [
    ['PDF/A-1b', /pdfaid:part='1' pdfaid:conformance='B'/],
    ['PDF/A-2b', /pdfaid:part='2' pdfaid:conformance='B'/],
    ['PDF/A-3b', /pdfaid:part='3' pdfaid:conformance='B'/],
    ['PDF/X-3', /GTS_PDFXVersion ?\(PDF\/X-3:2002\)/],
  ]
  for (const [standard, mark] of STANDARDS) {
    it(`is that it is written as ${standard}`, async function (this: Context) {
      if (ghostscript === undefined) return skipWithout(this, 'Ghostscript')
      const content = await change(book, { standard, pages: [{ from: 2 }] })
      assert.match(content.toString('latin1'), mark)
      const told = await ask('pdfinfo', await pathOf(content))
      if (told !== undefined) {
        assert.match(told, /^Pages: +2$/m)
        assert.match(told, /^Encrypted: +no$/m)
      }
    })
  }
})
