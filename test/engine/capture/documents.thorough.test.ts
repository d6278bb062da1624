import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import { utils, write } from '@e965/xlsx'
import sharp from 'sharp'
import { OperationError } from '../../../src/base/operation-error.ts'
import { hasBrowser } from '../../../src/programs/browser.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { pixelAt } from '../../support/pictures.ts'
import { zip } from '../../support/zip.ts'
import { textOf, useCapture, usePages } from './capture-fixture.ts'

const CONTAINER =
  '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'

function book(chapters: Readonly<Record<string, string>>): Buffer {
  const names = Object.keys(chapters)
  return zip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': CONTAINER,
    'book.opf': `<package xmlns="http://www.idpf.org/2007/opf"><manifest>${names
      .map((name) => `<item id="${name}" href="${name}" media-type="application/xhtml+xml"/>`)
      .join('')}</manifest><spine>${names
      .map((name) => `<itemref idref="${name}"/>`)
      .join('')}</spine></package>`,
    ...Object.fromEntries(
      Object.entries(chapters).map(([name, body]) => [
        name,
        `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${name}</title></head><body>${body}</body></html>`,
      ]),
    ),
  })
}

function word(text: string): Buffer {
  const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
  return zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="${main}"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
  })
}

function sheets(): Buffer {
  const made = utils.book_new()
  utils.book_append_sheet(
    made,
    utils.aoa_to_sheet([
      ['Ort', 'Höhe'],
      ['Zugspitze', 2962],
    ]),
    'Berge',
  )
  utils.book_append_sheet(made, utils.aoa_to_sheet([['leer']]), 'Täler')
  return Buffer.from(write(made, { type: 'buffer', bookType: 'xlsx' }))
}

describe('the capture of a file', function () {
  this.timeout(90_000)
  const { capture } = useCapture()
  const secret = usePages((_request, response) => response.end('secret'))

  before(async function () {
    try {
      if (!hasBrowser(findPrograms(process.env)))
        throw new OperationError('browser_unusable', { problem: 'there is none' })
      await capture({ format: 'pdf' }, { source: '<p>a', name: 'a.html' })
    } catch (error) {
      if (!(error instanceof OperationError) || error.code !== 'browser_unusable') throw error
      console.log(error.message)
      this.skip()
    }
  })

  const texts: [
    title: string,
    name: string,
    source: () => Buffer | string,
    parts: string[],
    pages: number,
  ][] = [
    ['HTML', 'a.html', () => '<h1>Grüße aus Köln</h1>', ['Grüße aus Köln'], 1],
    [
      'HTML in an encoding that it does not say',
      'a.htm',
      () => Buffer.from('<html><p>Grüße aus Köln', 'latin1'),
      ['Grüße'],
      1,
    ],
    ['Markdown', 'a.md', () => '# Über\n\n* eins\n* zwei\n', ['Über', 'eins'], 1],
    [
      'a book of two chapters',
      'a.epub',
      () => book({ 'a.xhtml': '<p>erstes</p>', 'b ä.xhtml': '<p>zweites</p>' }),
      ['erstes', 'zweites'],
      2,
    ],
    ['a DOCX file', 'a.docx', () => word('Sehr geehrte Frau Müller'), ['Müller'], 1],
    ['sheets', 'a.xlsx', sheets, ['Berge', 'Zugspitze', '2962', 'Täler'], 2],
    [
      'CSV, of which formulas stay texts',
      'a.csv',
      () => 'Ort,Zahl\nKöln,=1+1\n',
      ['Köln', '=1+1'],
      1,
    ],
  ]
  for (const [title, name, source, parts, count] of texts) {
    it(`prints ${title}`, async () => {
      const file = await capture({ format: 'pdf' }, { source: source(), name })
      const printed = await textOf(file)
      for (const part of parts) assert.ok(printed.includes(part), `${part} in ${printed}`)
      const document = await PDFDocument.load(await readFile(file.path))
      assert.equal(document.getPageCount(), count)
    })
  }

  const endless: [title: string, source: string, code: string][] = [
    ['is written without end', '<script>for (;;) document.write("a")</script>', 'page_too_slow'],
    ['nests without end', `<html>${'<div>'.repeat(200_000)}a`, 'page_too_large'],
  ]
  for (const [title, source, code] of endless) {
    it(`says what is wrong with a page that ${title}`, async () => {
      const limits = code === 'page_too_slow' ? { longestMs: 5000 } : {}
      const capturing = capture({ format: 'png' }, { source, name: 'a.html', limits })
      await assert.rejects(
        capturing,
        (error) => error instanceof OperationError && error.code === code,
      )
    })
  }

  it('prints a drawing on a page of its size', async () => {
    const source =
      '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="50" height="50"/></svg>'
    const file = await capture({ format: 'pdf' }, { source, name: 'a.svg' })
    const document = await PDFDocument.load(await readFile(file.path))
    assert.equal(document.getPageCount(), 1)
    const { width, height } = document.getPage(0).getSize()
    assert.deepEqual([Math.round(width), Math.round(height)], [150, 75])
  })

  it('draws a site with the files of its ZIP', async () => {
    const blue = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'blue' } })
      .png()
      .toBuffer()
    const source = zip({
      'site/index.html':
        '<link rel="stylesheet" href="css/a.css"><img src="/site/ü b.png" width="100" height="100">',
      'site/css/a.css': 'body { margin: 0; background: rgb(255, 0, 0) }',
      'site/ü b.png': blue,
    })
    const file = await capture({ format: 'png' }, { source, name: 'site.zip' })
    assert.deepEqual(await pixelAt(file.path, 50, 50), [0, 0, 255])
    assert.deepEqual(await pixelAt(file.path, 500, 500), [255, 0, 0])
  })

  it('says of a ZIP what it must have', async () => {
    const source = zip({ 'a.html': 'a', 'b.html': 'b' })
    await assert.rejects(capture({ format: 'png' }, { source, name: 'a.zip' }), {
      code: 'site_page_missing',
    })
  })

  it('chooses pages, and says which ones there are not', async () => {
    const source = book({ 'a.xhtml': '<p>erstes</p>', 'b.xhtml': '<p>zweites</p>' })
    const made = await capture({ format: 'pdf', pages: '2-' }, { source, name: 'a.epub' })
    assert.match(await textOf(made), /^\s*zweites\s*$/)
    await assert.rejects(
      capture({ format: 'pdf', pages: '9' }, { source: '<p>one', name: 'a.html' }),
      {
        code: 'page_range_missing',
      },
    )
  })

  it('opens nothing but what is in it', async () => {
    const origin = `127.0.0.1:${secret.port}`
    const source = `<meta http-equiv="refresh" content="1;url=http://${origin}/refresh"><h1>mine</h1><p id="out"></p>
      <img src="http://${origin}/i"><iframe src="http://${origin}/f"></iframe>
      <iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object>
      <link rel="stylesheet" href="file:///etc/passwd"><script src="http://${origin}/s"></script>
      <script>
        const out = document.getElementById('out')
        const socket = new WebSocket('ws://${origin}/w')
        Promise.all(['http://${origin}/x', 'file:///etc/passwd', 'https://document.invalid/../../etc/passwd'].map((url) =>
          fetch(url).then((response) => { if (response.ok) out.textContent += 'reached ' + url }, () => {}))).then(() => { out.id = 'done' })
        setTimeout(() => { location.href = 'http://${origin}/gone' }, 300)
      </script>`
    const made = await capture(
      { format: 'pdf', waitForElement: '#done', waitTime: 1500 },
      { source, name: 'a.html' },
    )
    const printed = await textOf(made)
    assert.match(printed, /mine/)
    assert.doesNotMatch(printed, /reached|root:|secret/)
    assert.deepEqual(secret.asked, [])
  })

  it('says what is damaged', async () => {
    const broken = sheets().subarray(0, 400)
    await assert.rejects(capture({ format: 'pdf' }, { source: broken, name: 'a.xlsx' }), {
      name: 'OperationError',
    })
    const long = book({ 'a.xhtml': `<p>${' '.repeat(101_000_000)}</p>` })
    await assert.rejects(capture({ format: 'pdf' }, { source: long, name: 'a.epub' }), {
      message: 'The source has more than the 100 MB that one page may have.',
    })
    const chapter = book({ 'a.xhtml': '<p>open' })
    await assert.rejects(capture({ format: 'pdf' }, { source: chapter, name: 'a.epub' }), {
      code: 'source_corrupt',
    })
  })
})
