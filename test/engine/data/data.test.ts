import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { read, utils, write } from '@e965/xlsx'
import sharp from 'sharp'
import { DATA_CONVERTER } from '../../../src/doors/jobs/operations/data-converter.ts'
import { type DataOptions, data } from '../../../src/engine/data/data.ts'
import { DATA_CONVERSIONS } from '../../../src/sources/data-conversions.ts'
import { KNOWN_FORMATS } from '../../../src/sources/formats.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { zip } from '../../support/zip.ts'

const ROWS = [
  { name: 'straße 中文', sum: '=1+1', zip: '01067' },
  { name: 'a "quote", and a comma', sum: '@SUM(A1)', zip: -1 },
]
const CSV = 'name,sum,zip\nstraße 中文,=1+1,01067\n"a ""quote"", and a comma",@SUM(A1),-1\n'

describe('data that are converted', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  async function convert(
    source: string | Buffer,
    wanted: DataOptions,
    signal = new AbortController().signal,
  ): Promise<Buffer> {
    await writeFile(folder.pathTo('source'), source)
    const [made] = data.run({
      sources: [{ path: folder.pathTo('source') }],
      wanted: [wanted],
      folder: folder.pathTo(''),
      fetch: () => Promise.reject(new Error('nothing is fetched')),
      signal,
      progress: () => undefined,
    })
    return readFile((await made)?.[0]?.path ?? '')
  }

  for (const to of ['xlsx', 'ods'] as const) {
    it(`keep every text of a table that becomes ${to} and CSV again, formulas among them`, async () => {
      const table = await convert(CSV, { from: 'csv', to })
      const book = read(table, { cellFormula: true })
      const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {}
      const cells: unknown[] = Object.values(sheet)
      assert.ok(cells.every((cell) => !Object.hasOwn(Object(cell), 'f')))
      assert.deepEqual(utils.sheet_to_json(sheet), ROWS)
      assert.equal((await convert(table, { from: to, to: 'csv' })).toString(), `\uFEFF${CSV}`)
      const json = await convert(table, { from: to, to: 'json' })
      assert.deepEqual(JSON.parse(json.toString()), ROWS)
      const again = await convert(json, { from: 'json', to })
      assert.deepEqual(
        JSON.parse((await convert(again, { from: to, to: 'json' })).toString()),
        ROWS,
      )
    })
  }

  it('say in their first bytes that they are an OpenDocument spreadsheet', async () => {
    const table = await convert(CSV, { from: 'csv', to: 'ods' })
    const type = 'application/vnd.oasis.opendocument.spreadsheet'
    const start = 30 + 'mimetype'.length
    assert.equal(table.toString('latin1', 30, start + type.length), `mimetype${type}`)
    assert.equal(table.readUInt16LE(8), 0)
  })

  it('are tables in whatever encoding and with whatever between their cells', async () => {
    const latin = Buffer.from('Straße;PLZ\nGrüner Weg;01067\n', 'latin1')
    const utf16 = Buffer.from('\uFEFFStraße\tPLZ\nGrüner Weg\t01067\n', 'utf16le')
    for (const source of [latin, utf16]) {
      const json = await convert(source, { from: 'csv', to: 'json' })
      assert.deepEqual(JSON.parse(json.toString()), [{ Straße: 'Grüner Weg', PLZ: '01067' }])
    }
  })

  it('have dates in JSON as dates, and long numbers of texts as they are', async () => {
    const sheet = utils.aoa_to_sheet(
      [
        ['when', 'number'],
        [new Date(Date.UTC(2026, 1, 28, 13, 30)), '12345678901234567890'],
      ],
      { UTC: true },
    )
    const book = utils.book_new()
    utils.book_append_sheet(book, sheet, 'one')
    const bytes: unknown = write(book, { type: 'buffer', bookType: 'xlsx' })
    assert.ok(Buffer.isBuffer(bytes))
    const json = await convert(bytes, { from: 'xlsx', to: 'json' })
    assert.deepEqual(JSON.parse(json.toString()), [
      { when: '2026-02-28T13:30:00', number: '12345678901234567890' },
    ])
  })

  it('are refused when a sheet claims to have more cells than there may be', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships'
    const bytes = zip({
      '[Content_Types].xml':
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
      '_rels/.rels': `<Relationships xmlns="${relationships}"><Relationship Id="a" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="all" sheetId="1" r:id="a"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relationships}"><Relationship Id="a" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`,
    })
    await assert.rejects(convert(bytes, { from: 'xlsx', to: 'csv' }), {
      code: 'source_exceeds_limit',
    })
  })

  it('are refused when they have more columns than programs of tables do', async () => {
    const csv = `${'a,'.repeat(20_000)}a\n1\n`
    await assert.rejects(convert(csv, { from: 'csv', to: 'json' }), {
      message: 'The source has more than 16384 columns.',
    })
  })

  const texts: readonly [title: string, source: string | Buffer][] = [
    ['UTF-16 with tabs', Buffer.from('\uFEFFOrt\tZahl\nKöln\t1\n', 'utf16le')],
    ['Windows-1252 with semicolons', Buffer.from('Ort;Zahl\nKöln;1\n', 'latin1')],
    ['UTF-8 with a mark and line ends of Windows', '\uFEFFOrt,Zahl\r\nKöln,1\r\n'],
  ]
  for (const [title, source] of texts) {
    it(`are read in whatever a CSV is written: ${title}`, async () => {
      const json = await convert(source, { from: 'csv', to: 'json' })
      assert.deepEqual(JSON.parse(json.toString()), [{ Ort: 'Köln', Zahl: '1' }])
    })
  }

  it('become numbers of a workbook only if they are written as one, and keep their digits', async () => {
    const csv = 'a,b,c,d,e,f\n7,-2.50,007,4915112345678,1e5,"1,5"\n'
    const table = await convert(csv, { from: 'csv', to: 'xlsx' })
    const sheet = read(table).Sheets['Sheet1'] ?? {}
    assert.deepEqual(utils.sheet_to_json(sheet), [
      { a: 7, b: -2.5, c: '007', d: '4915112345678', e: '1e5', f: '1,5' },
    ])
    assert.equal((await convert(table, { from: 'xlsx', to: 'csv' })).toString(), `\uFEFF${csv}`)
  })

  const values: readonly [json: string, csv: string][] = [
    ['[["x", "y"], [1, null]]', 'x,y\n1,\n'],
    [
      '[{"a": 12345678901234567890, "b": 123456789012, "c": 0.1234567890123}]',
      'a,b,c\n12345678901234567890,123456789012,0.1234567890123\n',
    ],
    ['{"a": 1}\n{"a": {"b": [true]}}\n', 'a\n1\n"{""b"":[true]}"\n'],
  ]
  for (const [json, csv] of values) {
    it(`are the rows of ${json.trim()}, as they are`, async () => {
      const made = await convert(json, { from: 'json', to: 'csv' })
      assert.equal(made.toString(), `\uFEFF${csv}`)
    })
  }

  it('have dates that nobody reads in two ways', async () => {
    const sheet = utils.aoa_to_sheet([
      ['day', 'moment', 'time'],
      [45322, 45322.25, 0.5],
    ])
    for (const [place, format] of [
      ['A2', 'm/d/yy'],
      ['B2', 'yyyy-mm-dd hh:mm'],
      ['C2', 'hh:mm'],
    ]) {
      Object.assign(Object(sheet[place ?? '']), { z: format })
    }
    const book = utils.book_new(sheet)
    const table = Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx' }))
    assert.equal(
      (await convert(table, { from: 'xlsx', to: 'csv' })).toString(),
      '\uFEFFday,moment,time\n2024-01-31,2024-01-31 06:00,12:00\n',
    )
    assert.deepEqual(JSON.parse((await convert(table, { from: 'xlsx', to: 'json' })).toString()), [
      { day: '2024-01-31', moment: '2024-01-31T06:00:00', time: '12:00:00' },
    ])
  })

  it('are those of the first sheet that is shown', async () => {
    const book = utils.book_new()
    utils.book_append_sheet(book, utils.aoa_to_sheet([['hidden']]), 'One')
    utils.book_append_sheet(book, utils.aoa_to_sheet([['shown']]), 'Two')
    book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }] }
    const table = Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx' }))
    assert.equal((await convert(table, { from: 'xlsx', to: 'csv' })).toString(), '\uFEFFshown\n')
  })

  it('are tables in Markdown, too', async () => {
    const html =
      '<table><tr><th>a</th><th>b|c</th></tr><tr><td>1</td><td><p>2<p>3</td></tr></table>'
    const markdown = (await convert(html, { from: 'html', to: 'md' })).toString()
    assert.equal(markdown, '| a | b\\|c |\n| --- | --- |\n| 1 | 2<br>3 |\n')
  })

  it('are pages of Markdown, of whose HTML nothing runs', async () => {
    const html = await convert('# A *title*\n\n<script>alert(1)</script>\n\n[x](javascript:y)\n', {
      from: 'markdown',
      to: 'html',
    })
    assert.match(html.toString(), /<h1 id="a-title">A <em>title<\/em><\/h1>/)
    assert.doesNotMatch(html.toString(), /<script|href="javascript/)
  })

  it('are Markdown of pages, without what is no text', async () => {
    const html = '<h2>A title</h2><script>x()</script><ul><li>one<li><b>two</b></ul>'
    const markdown = (await convert(html, { from: 'html', to: 'md' })).toString()
    assert.match(markdown, /^## A title\n\n- one\n- \*\*two\*\*\n$/)
  })

  it('are never larger as drawings', async () => {
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- a comment --><g><g><path d="M 0 0 L 9.000000 9.000000"/></g></g></svg>'
    const small = await convert(drawing, { from: 'svg', to: 'svg' })
    assert.ok(small.length < drawing.length)
    assert.match(small.toString(), /viewBox="0 0 9 9"/)
    assert.deepEqual(await convert(small, { from: 'svg', to: 'svg' }), small)
  })

  const TOUCHY = {
    'HTML, in which spaces count':
      '<foreignObject width="9" height="9"><p xmlns="http://www.w3.org/1999/xhtml">Hi <b>there</b></p></foreignObject>',
    'an animation of what only such a shape has':
      '<rect width="0" height="3"><animate attributeName="width" to="3" dur="1s"/></rect>',
    'a script, which may look for anything':
      '<script>document.querySelector("rect").remove()</script><rect width="3" height="3"/>',
  }
  for (const [title, content] of Object.entries(TOUCHY)) {
    it(`leave a drawing as it is that has ${title}`, async () => {
      const drawing = `<svg xmlns="http://www.w3.org/2000/svg"  viewBox="0 0 9 9"><!-- a comment -->${content}</svg>`
      const made = await convert(drawing, { from: 'svg', to: 'svg' })
      assert.equal(made.toString(), drawing)
    })
  }

  const LICENCE =
    '<metadata id="m"><rdf:RDF><cc:Work rdf:about=""><cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/></cc:Work></rdf:RDF></metadata>'
  const NAMES =
    'xmlns="http://www.w3.org/2000/svg" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
  const LICENSED = `<svg ${NAMES} viewBox="0 0 9 9"><title>A title</title><desc>What it shows</desc>${LICENCE}<sodipodi:namedview/><path d="M 0 0 L 9.000000 9.000000"/></svg>`

  it('keep the licence of a drawing, in names that are declared, with its title', async () => {
    const once = await convert(LICENSED, { from: 'svg', to: 'svg' })
    assert.ok(once.length < LICENSED.length)
    const made = (await convert(once, { from: 'svg', to: 'svg' })).toString()
    const inside = LICENCE.slice(LICENCE.indexOf('>') + 1)
    assert.ok(made.includes(inside), made)
    assert.match(made, /<title>A title<\/title><desc>What it shows<\/desc>/)
    assert.doesNotMatch(made, /sodipodi/)
    for (const name of ['rdf', 'cc']) assert.equal(made.split(`xmlns:${name}=`).length, 2, name)
    await assert.doesNotReject(sharp(Buffer.from(made)).png().toBuffer())
  })

  it('leave nothing of a drawing but what shows it with strip', async () => {
    const made = await convert(LICENSED, { from: 'svg', to: 'svg', strip: true })
    const drawn =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="m0 0 9 9"/></svg>'
    assert.equal(made.toString(), drawn)
  })

  const USED_ELSEWHERE = {
    'symbols that pages show by their ids':
      '<symbol id="home" viewBox="0 0 9 9"><path d="M 0 0 L 9 0"/></symbol>',
    'groups in definitions': '<defs><path id="home" d="M 0 0 L 9 0"/></defs>',
    'ids that links go to': '<view id="home" viewBox="0 0 3 3"/>',
    'styles of another look': '<style>@media (prefers-color-scheme:dark){#home{fill:#fff}}</style>',
    'styles of kinds of shapes':
      '<style>rect{fill:red}</style><rect id="home" width="3" height="3"/><rect width="2" height="2"/>',
  }
  const PARTS = /<(?:symbol|path|view|rect)|@media[^<]*|rect\{/g
  for (const [title, content] of Object.entries(USED_ELSEWHERE)) {
    it(`keep of a drawing ${title}`, async () => {
      const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><!-- a comment -->${content}</svg>`
      const made = (await convert(drawing, { from: 'svg', to: 'svg' })).toString()
      assert.ok(made.length < drawing.length)
      assert.deepEqual(made.match(PARTS), drawing.match(PARTS))
      assert.match(made, /home/)
    })
  }

  it('are fonts of the same outlines, whatever they are packed in', async () => {
    const ttf = await readFile('node_modules/fontverter/testdata/Roboto-400.ttf')
    for (const packed of ['woff', 'woff2'] as const) {
      const font = await convert(ttf, { from: 'ttf', to: packed })
      assert.ok(font.length < ttf.length)
      const again = await convert(font, { from: packed, to: 'ttf' })
      assert.equal(again.readUInt32BE(0), 0x00010000)
      await assert.rejects(convert(font, { from: packed, to: 'otf' }), {
        message: 'The source has quadratic outlines, which are those of ttf.',
      })
    }
  })

  it('are those that the jobs API offers, besides drawings', () => {
    const { svg: _smaller, ...others } = DATA_CONVERSIONS
    const offered = Map.groupBy(DATA_CONVERTER.pairs({}), ({ input_format: from }) => from)
    const expected = Object.entries(others).flatMap(([id, formats]) =>
      Object.entries(KNOWN_FORMATS)
        .filter(([each]) => each === id)
        .flatMap(([, { extensions }]) =>
          extensions.map((extension): [string, readonly string[]] => [extension, formats]),
        ),
    )
    assert.deepEqual(
      Array.from(offered, ([from, rows]) => [from, rows.map(({ output_format: to }) => to)]),
      expected,
    )
  })

  it('are told to be damaged when they are', async () => {
    const wrong: DataOptions[] = [
      { from: 'xlsx', to: 'csv' },
      { from: 'json', to: 'csv' },
      { from: 'docx', to: 'html' },
      { from: 'woff2', to: 'ttf' },
      { from: 'ttf', to: 'woff' },
    ]
    for (const wanted of wrong) {
      await assert.rejects(convert('<no', wanted), { code: 'source_corrupt' }, wanted.from)
    }
    const drawing = convert('<svg><g', { from: 'svg', to: 'svg' })
    await assert.rejects(drawing, { code: 'source_corrupt' })
  })
})
