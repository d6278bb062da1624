import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { utils, write as writeBook } from '@e965/xlsx'
import CFB from 'cfb'
import { RenditionError } from '../../../src/sdk/rendition-error.ts'
import { toRenditionError } from '../../../src/sdk/sdk-errors.ts'
import { createDice, mutate } from '../../fuzz/mutation.ts'
import { amountOf } from '../../support/amounts.ts'
import { zip } from '../../support/zip.ts'
import { compound } from './compound.ts'
import { docx, epub, odf, paragraph, pptx, slide, xlsx } from './documents.ts'
import { useExtraction } from './extraction.ts'

const WORDS = Array.from({ length: 300 }, (_, index) => `wörd${index * 7919}`).join(' ')

/** A document of before 2007, among those of the tests. */
function legacy(name: string): Buffer {
  return readFileSync(path.join(import.meta.dirname, 'legacy', name))
}

const WORKBOOK: Buffer = writeBook(
  utils.book_new(utils.aoa_to_sheet([WORDS.split(' ').slice(0, 100), [1, 0.5, true, 'x']]), 'One'),
  { bookType: 'biff8', type: 'buffer', bookSST: true },
)

/** A small source of each kind. */
const SOURCES = {
  DOCX: docx(paragraph(WORDS) + paragraph('two')),
  XLSX: xlsx({
    sheets: [`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>45356</v></c></row>`],
    strings: `<si><t>${WORDS}</t></si>`,
    styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
  }),
  PPTX: pptx(['a'], [['a', 'slide', 'slide.xml']], {
    'ppt/slide.xml': slide('sld', [['body', WORDS]]),
  }),
  ODT: odf('text', `<text:p>${WORDS}</text:p>`),
  ODS: odf(
    'spreadsheet',
    `<table:table><table:table-row table:number-rows-repeated="3"><table:table-cell><text:p>${WORDS}</text:p></table:table-cell></table:table-row></table:table>`,
  ),
  EPUB: epub(['a'], { a: `<html><p>${WORDS}</p></html>` }),
  RTF: Buffer.from(
    `{\\rtf1\\ansicpg1252{\\fonttbl{\\f0\\fcharset128 A;}}\\f0 ${WORDS}\\'93\\'fa\\u8364?{\\footnote x}\\trowd a\\cell b\\cell\\row}`,
  ),
  HTML: Buffer.from(
    `<!DOCTYPE html><html><title>T</title><p>${WORDS}<table><tr><td>x<td>y</table>`,
  ),
  XML: Buffer.from(`<?xml version="1.0"?><a><b c="d">${WORDS}</b><![CDATA[x]]></a>`),
  text: Buffer.from(`${WORDS}\n`.repeat(3)),
  DOC: legacy('plan.doc'),
  PPT: legacy('deck.ppt'),
  XLS: WORKBOOK,
  compound: compound({
    EncryptionInfo: Buffer.alloc(600, 4),
    EncryptedPackage: Buffer.alloc(9000),
  }),
}

const MUTATIONS = amountOf({ thoroughly: 300, usually: 40 })
const CUTS = amountOf({ thoroughly: 100, usually: 20 })

describe('a hostile source', function () {
  this.timeout(300_000)
  const { assertFails, assertText, extract } = useExtraction()

  /** Asserts that there is a text, or a reason why there is none. */
  async function assertSettles(source: Buffer): Promise<void> {
    try {
      await extract(source, { password: 'x', name: 'a.txt' })
    } catch (failure) {
      const error = toRenditionError(failure)
      assert.ok(error instanceof RenditionError, String(error))
      assert.match(error.reason, /^Source(Corrupt|Unsupported)$/)
      assert.match(error.message, /^The .*\.$/)
    }
  }

  for (const [kind, source] of Object.entries(SOURCES)) {
    it(`has a text or a reason when it is ${kind} that is cut short`, async () => {
      for (let nth = 0; nth < CUTS; nth += 1) {
        await assertSettles(source.subarray(0, Math.floor((source.length * nth) / CUTS)))
      }
    })

    it(`has a text or a reason when it is ${kind} that is damaged`, async () => {
      const dice = createDice(source.length)
      for (let nth = 0; nth < MUTATIONS; nth += 1) await assertSettles(mutate(source, dice))
    })
  }

  for (const { kind, content, write } of [
    {
      kind: 'DOCX',
      content: `${paragraph(WORDS)}<w:tbl><w:tr><w:tc/></w:tr></w:tbl>`,
      write: docx,
    },
    {
      kind: 'XLSX',
      content: '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="BC1"><v>45356.5</v></c></row>',
      write: (rows: string) => xlsx({ sheets: [rows], strings: rows, styles: rows }),
    },
    {
      kind: 'ODS',
      content:
        '<table:table><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="9"><text:p>a<text:s text:c="2"/></text:p></table:table-cell></table:table-row></table:table>',
      write: (body: string) => odf('spreadsheet', body),
    },
    {
      kind: 'EPUB',
      content: '<html><body><table><tr><td>a</td></tr></table><pre> b</pre></body></html>',
      write: (page: string) => epub(['a'], { a: page }),
    },
  ]) {
    it(`has a text or a reason when it is ${kind} of damaged parts`, async () => {
      const dice = createDice(content.length)
      for (let nth = 0; nth < MUTATIONS; nth += 1) {
        await assertSettles(write(mutate(Buffer.from(content), dice).toString('latin1')))
      }
    })
  }

  for (const [kind, source] of Object.entries({
    DOC: legacy('plan.doc'),
    PPT: legacy('deck.ppt'),
    XLS: WORKBOOK,
  })) {
    it(`has a text or a reason when it is ${kind} of damaged streams`, async () => {
      const { FileIndex: entries } = CFB.read(source, { type: 'buffer' })
      const streams = entries
        .filter(({ type, size }) => type === 2 && size > 0)
        .map(({ name, content }): [string, Buffer] => [name, Buffer.from(content)])
      const whole = Object.fromEntries(streams)
      const dice = createDice(source.length)
      for (let nth = 0; nth < MUTATIONS * 7; nth += 1) {
        const [name, content] = streams[nth % streams.length] ?? assert.fail('there are streams')
        await assertSettles(compound({ ...whole, [name]: mutate(content, dice) }))
      }
    })
  }

  it('fails when a part of it is damaged and nothing but its checksum tells', async () => {
    const source = odf('text', `<text:p>${WORDS}</text:p>`)
    source.writeUInt32LE(1, source.lastIndexOf('content.xml') - 46 + 16)
    await assertFails(source, 'SourceCorrupt', /damaged/)
  })

  it('fails when its parts unpack without end', () =>
    assertFails(docx(' '.repeat(300_000_000)), 'SourceUnsupported', /more than 256 MB/))

  it('fails when it claims to have fewer bytes than it has', async () => {
    const source = docx(paragraph(WORDS))
    const at = source.lastIndexOf('word/document.xml') - 46
    source.writeUInt32LE(100, at + 24)
    await assertFails(source, 'SourceCorrupt', /damaged/)
  })

  it('fails when it has parts without end', () =>
    assertFails(
      zip(Object.fromEntries(Array.from({ length: 20_001 }, (_, index) => [`p${index}`, '']))),
      'SourceUnsupported',
      /more than 20000 parts/,
    ))

  it('fails when its text has no end', () =>
    assertFails(
      pptx(Array(100).fill('a'), [['a', 'slide', 'slide.xml']], {
        'ppt/slide.xml': slide('sld', [['body', 'word '.repeat(200_000)]]),
      }),
      'SourceUnsupported',
      /more than the 64 MB of text/,
    ))

  for (const { name, source } of [
    { name: 'slides', source: pptx(Array(100_001).fill('a'), [], {}) },
    {
      name: 'styles',
      source: xlsx({ sheets: [''], styles: `<cellXfs>${'<xf/>'.repeat(100_001)}</cellXfs>` }),
    },
    { name: 'chapters', source: epub(Array(100_001).fill('a'), {}) },
  ]) {
    it(`fails when it has ${name} without end`, () =>
      assertFails(source, 'SourceUnsupported', /more than 100000/))
  }

  it('fails when its elements are nested without end', () =>
    assertFails(docx('<w:tbl>'.repeat(100_000)), 'SourceUnsupported', /4000 elements/))

  it('is read when a row of it is repeated in all rows', async () => {
    const rows =
      '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    await assertText(odf('spreadsheet', rows.repeat(10_000)), '')
  })

  for (const { name, source, length } of [
    {
      name: 'an attribute of megabytes',
      source: `<html><p title="${'x &amp; '.repeat(2_000_000)}">text</p>`,
      length: 5,
    },
    {
      name: 'a hundred thousand attributes',
      source: `<html><p ${Array.from({ length: 100_000 }, (_, n) => `a${n}=""`).join(' ')}>text</p>`,
      length: 5,
    },
    {
      name: 'a comment without end',
      source: `<html>text<!-- ${'- '.repeat(5_000_000)}`,
      length: 5,
    },
    {
      name: 'ends of elements that never began',
      source: `<html>text${'</b>'.repeat(2_000_000)}`,
      length: 5,
    },
    {
      name: 'comments before its root',
      source: `${'<!---->'.repeat(1_000_000)}<html>text`,
      length: 5,
    },
    {
      name: 'marks on one letter',
      source: `a${'\u0301\u0316'.repeat(500_000)}`,
      length: 1_000_002,
    },
    { name: 'nothing but white space', source: ' \t'.repeat(5_000_000), length: 0 },
    { name: 'one line', source: 'x'.repeat(10_000_000), length: 10_000_001 },
  ]) {
    it(`is read in seconds when it has ${name}`, async () => {
      const start = process.cpuUsage()
      const text = await extract(source, {
        name: source.startsWith('<') ? 'page.html' : 'page.txt',
      })
      const { user } = process.cpuUsage(start)
      assert.ok(user < 5_000_000, `${user / 1000} ms of a core`)
      assert.equal(text.length, length)
    })
  }
})
