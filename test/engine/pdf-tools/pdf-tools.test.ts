import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { PdfChanges } from '../../../src/engine/pdf-tools/pdf-changes.ts'
import { readPdfInfo, readPdfOutline, writePdfText } from '../../../src/engine/pdf/pdf.ts'
import { bookmarkedPdf } from '../../support/bookmarked-pdf.ts'
import { pdfOf, textPage } from '../../support/pdf.ts'
import { isFailure } from '../metadata/case-files.ts'
import { useChanges } from './changing.ts'

describe('a PDF that is changed', () => {
  const { change, pathOf } = useChanges()
  let book: Buffer
  let closed: Buffer

  before(async () => {
    book = await bookmarkedPdf('Book')
    closed = await pdfOf([textPage('Secret 1'), textPage('Secret 2')], { userPassword: 'open' })
  })

  const infoOf = async (content: Uint8Array, password?: string) =>
    readPdfInfo({ path: await pathOf(content), password })

  async function textOf(content: Uint8Array, password?: string): Promise<string[]> {
    const path = await pathOf(content)
    await writePdfText({ path, password }, `${path}.txt`)
    return (await readFile(`${path}.txt`, 'utf8')).match(/\w+ \d+/g) ?? []
  }

  const outlineOf = async (content: Uint8Array) =>
    readPdfOutline({ path: await pathOf(content), password: undefined })

  it('has the pages that are named, in their order, and says of itself what it did', async () => {
    const some = await change(book, {
      pages: [
        { from: 3, to: 3 },
        { from: 1, to: 2 },
      ],
    })
    assert.deepEqual(await textOf(some), ['Book 3', 'Book 1', 'Book 2'])
    assert.equal((await infoOf(some)).texts.Title, 'All of Book')
  })

  it('keeps the bookmarks that go to its pages, and those above them', async () => {
    const { bookmarks } = await outlineOf(await change(book, { pages: [{ from: 2 }] }))
    assert.partialDeepStrictEqual(bookmarks, [
      {
        title: 'Start of Book',
        goes: undefined,
        below: [{ title: 'Inside Book', goes: { page: 0 } }],
      },
    ])
    const none = await outlineOf(await change(book, { pages: [{ from: 3 }] }))
    assert.deepEqual(none.bookmarks, [])
  })

  it('is turned in addition to how it is, all of it or some pages', async () => {
    const turned = await change(book, { rotate: { degrees: 90 } })
    const again = await change(turned, { rotate: { degrees: 270, pages: [{ from: 2 }] } })
    const document = await PDFDocument.load(again)
    const turns = document.getPages().map((page) => page.getRotation().angle % 360)
    assert.deepEqual(turns, [90, 0, 0])
  })

  it('counts the pages to be turned among those that are left', async () => {
    const changes: PdfChanges = {
      pages: [{ from: 2 }],
      rotate: { degrees: 180, pages: [{ from: 1, to: 1 }] },
    }
    const document = await PDFDocument.load(await change(book, changes))
    assert.deepEqual(
      document.getPages().map((page) => page.getRotation().angle),
      [180, 0],
    )
  })

  it('is opened by its new password alone', async () => {
    const locked = await change(book, { encrypt: { password: 'ä', allowPrint: false } })
    assert.ok((await infoOf(locked, 'ä')).isEncrypted)
    await assert.rejects(infoOf(locked), isFailure('SourceUnsupported', /encrypted PDF file/))
    assert.equal((await textOf(locked, 'ä')).length, 3)
  })

  it('opens without a password when only its owner has one', async () => {
    const locked = await change(book, { encrypt: { password: '', ownerPassword: 'o' } })
    assert.ok((await infoOf(locked)).isEncrypted)
  })

  it('needs no password when it is decrypted, and the same one otherwise', async () => {
    const open = await change(closed, { password: 'open', decrypt: true })
    assert.equal((await infoOf(open)).isEncrypted, false)
    for (const changes of [
      { rotate: { degrees: 90 } },
      { pages: [{ from: 2 }] },
      { optimize: { profile: 'web' } },
      { linearize: true },
    ] satisfies PdfChanges[]) {
      const still = await change(closed, { password: 'open', ...changes })
      assert.ok((await infoOf(still, 'open')).isEncrypted, JSON.stringify(changes))
      await assert.rejects(infoOf(still), isFailure('SourceUnsupported', /encrypted/))
    }
  })

  it('begins with what its first page needs when it is linearized', async () => {
    const content = await change(book, { linearize: true })
    assert.match(content.subarray(0, 200).toString('latin1'), /\/Linearized 1/)
  })

  const REFUSED: readonly (readonly [
    what: string,
    content: () => Uint8Array,
    changes: PdfChanges,
    reason: 'SourceCorrupt' | 'SourceUnsupported' | 'GenericError',
    told: RegExp,
  ])[] = [
    ['is damaged', () => book.subarray(0, 500), { linearize: true }, 'SourceCorrupt', /damaged/],
    ['is empty', () => Buffer.alloc(0), { linearize: true }, 'SourceCorrupt', /damaged/],
    [
      'is encrypted',
      () => closed,
      { decrypt: true },
      'SourceUnsupported',
      /^The source is an encrypted PDF file; set password to open it\.$/,
    ],
    [
      'is opened with another password',
      () => closed,
      { password: 'wrong', decrypt: true },
      'SourceUnsupported',
      /password does not open it/,
    ],
    [
      'has none of the pages',
      () => book,
      { pages: [{ from: 4 }] },
      'GenericError',
      /^pages must name a page of the PDF, which has 3 pages, but it is "4-"\.$/,
    ],
    [
      'has none of the pages that are to be turned',
      () => book,
      { rotate: { degrees: 90, pages: [{ from: 8, to: 8 }] } },
      'GenericError',
      /^rotate\.pages must name a page/,
    ],
    [
      'is to be PDF/A without Ghostscript',
      () => book,
      { standard: 'PDF/A-2b' },
      'GenericError',
      /^Writing a PDF as PDF\/A-2b takes Ghostscript, which is not on this machine/,
    ],
  ]
  for (const [what, content, changes, reason, told] of REFUSED) {
    it(`is none when the source ${what}, which is told`, async () => {
      await assert.rejects(change(content(), changes), isFailure(reason, told))
    })
  }

  it('may have ten thousand pages', async () => {
    const objects = [
      '<</Type/Catalog/Pages 2 0 R>>',
      `<</Type/Pages/Count 10000/Kids[${Array.from({ length: 10_000 }, (_, page) => `${page + 3} 0 R`).join(' ')}]>>`,
      ...Array.from({ length: 10_000 }, () => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>'),
    ].map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`)
    // Without a table of objects, which readers make anew.
    const long = Buffer.from(
      `%PDF-1.4\n${objects.join('')}trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF`,
    )
    const some = await change(long, { pages: [{ from: 9998 }] })
    assert.equal((await infoOf(some)).pages, 3)
  }).timeout(60_000)

  it('is given up within a second', async () => {
    const controller = new AbortController()
    const started = change(book, { optimize: { profile: 'web' } }, controller.signal)
    controller.abort(new Error('given up'))
    const before = performance.now()
    await assert.rejects(started, /given up/)
    assert.ok(performance.now() - before < 1000)
  })
})
