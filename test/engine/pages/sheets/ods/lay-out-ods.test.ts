import assert from 'node:assert/strict'
import { round, type Seen, seenOn } from '../sheet-parts.ts'
import { number, type OdsParts, pagesOf, row, sheet, style, text } from './ods-parts.ts'

/** From the edges of the paper to the cells that a document says nothing of, and how wide such a column is, in points. */
const MARGIN = 56.7
const WIDTH = 64

async function firstPage(parts: OdsParts): Promise<Seen> {
  const { pages } = await pagesOf(parts)
  return seenOn(pages[0])
}

async function textsOf(parts: OdsParts): Promise<string[]> {
  const { texts } = await firstPage(parts)
  return texts.map((each) => each.text)
}

const CELL = (properties: string, name = 'a'): string =>
  style(name, 'table-cell', `<style:table-cell-properties ${properties}/>`)

/** A page layout, and the master page that has it. */
const PAGE = (properties: string, edges = '', more = '') => ({
  layouts: `<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="400pt" fo:page-height="300pt" fo:margin="30pt" ${properties}/>${more}</style:page-layout>`,
  masters: `<style:master-page style:name="Default" style:page-layout-name="L">${edges}</style:master-page>`,
})

describe('pages of a spreadsheet of OpenDocument', () => {
  it('have cells where columns and rows are, numbers at the right as they were shown', async () => {
    const { texts } = await firstPage({
      made: [
        style('c', 'table-column', '<style:table-column-properties style:column-width="1in"/>'),
        style('r', 'table-row', '<style:table-row-properties style:row-height="30pt"/>'),
      ].join(''),
      sheets: sheet(
        `<table:table-column table:style-name="c"/>${row(text('left') + text('next'), 'table:style-name="r"')}${row(number(1234.5, '1.234,50'))}`,
      ),
    })
    const [left, next, shown] = texts
    assert.equal(round((next?.x ?? 0) - (left?.x ?? 0)), 72)
    assert.equal(shown?.text, '1.234,50')
    assert.ok((shown?.x ?? 0) > MARGIN + 30 && (shown?.x ?? 0) < MARGIN + 72)
  })

  it('have rows and cells as often as they are repeated', async () => {
    const cells = text('a', 'table:number-columns-repeated="3"')
    assert.deepEqual(
      await textsOf({ sheets: sheet(row(cells, 'table:number-rows-repeated="2"')) }),
      ['a', 'a', 'a', 'a', 'a', 'a'],
    )
  })

  it('have no hidden sheets, rows and columns, and go on with the next sheet', async () => {
    const made = style('h', 'table', '<style:table-properties table:display="false"/>')
    const { pages } = await pagesOf({
      made,
      sheets: [
        sheet(
          `<table:table-column/><table:table-column table:visibility="collapse"/>${row(text('a') + text('b'))}${row(text('c'), 'table:visibility="filter"')}`,
        ),
        sheet(row(text('hidden')), 'table:style-name="h"'),
        sheet(row(text('not printed')), 'table:print="false"'),
        sheet(''),
        sheet(row(text('last'))),
      ].join(''),
    })
    assert.deepEqual(
      pages.map((page) => seenOn(page).texts.map((each) => each.text)),
      [['a'], ['last']],
    )
  })

  it('have fonts, fills, lines and places of text, with those of the style that theirs is based on', async () => {
    const { texts, fills, lines } = await firstPage({
      named: style(
        'Base',
        'table-cell',
        '<style:table-cell-properties fo:background-color="#ffee00"/><style:text-properties fo:color="#112233"/>',
      ),
      made: style(
        'a',
        'table-cell',
        '<style:table-cell-properties style:text-align-source="fix" fo:border-bottom="1.5pt solid #ff0000"/><style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-size="8pt"/>',
        'style:parent-style-name="Base"',
      ),
      sheets: sheet(row(text('Look', 'table:style-name="a"'))),
    })
    assert.deepEqual(
      fills.map(({ x, width, colour }) => [x, width, colour]),
      [[MARGIN, WIDTH, 'ffee00']],
    )
    assert.deepEqual(
      lines
        .filter(({ colour }) => colour === 'ff0000')
        .map(({ width, height, thick }) => [width, height, thick]),
      [[WIDTH, 0, 1.5]],
    )
    const [shown] = texts
    assert.deepEqual([shown?.size, shown?.colour], [8, '112233'])
    assert.ok((shown?.x ?? 0) > MARGIN + WIDTH / 2)
  })

  it('have the looks of rows and columns where cells have none', async () => {
    const { fills } = await firstPage({
      made: CELL('fo:background-color="#00ff00"', 'g') + CELL('fo:background-color="#0000ff"', 'b'),
      sheets: sheet(
        `<table:table-column table:default-cell-style-name="g"/>${row(text('a'))}${row(text('b'), 'table:default-cell-style-name="b"')}`,
      ),
    })
    assert.deepEqual(
      fills.map(({ colour }) => colour),
      ['00ff00', '0000ff'],
    )
  })

  it('have merged cells as one, without what is covered', async () => {
    const { texts, fills } = await firstPage({
      made: CELL('fo:background-color="#00ff00"'),
      sheets: sheet(
        row(
          `${text('one', 'table:style-name="a" table:number-columns-spanned="2" table:number-rows-spanned="1"')}<table:covered-table-cell office:value-type="string"><text:p>covered</text:p></table:covered-table-cell>${text('two')}`,
        ),
      ),
    })
    assert.deepEqual(
      texts.map((each) => each.text),
      ['one', 'two'],
    )
    assert.deepEqual(
      fills.filter(({ colour }) => colour === '00ff00').map(({ width }) => width),
      [WIDTH * 2],
    )
  })

  it('have letters of their own, and lines that follow each other', async () => {
    const { texts } = await firstPage({
      made: style('t', 'text', '<style:text-properties fo:color="#ff0000" fo:font-size="20pt"/>'),
      sheets: sheet(
        row(
          `<table:table-cell office:value-type="string"><text:p>a<text:s/><text:span text:style-name="t">b</text:span></text:p><text:p>below</text:p><office:annotation><text:p>a note</text:p></office:annotation></table:table-cell>`,
        ),
      ),
    })
    assert.deepEqual(
      texts.map((each) => [each.text.trim(), each.size, each.colour]),
      [
        ['a', 10, '000000'],
        ['b', 20, 'ff0000'],
        ['below', 10, '000000'],
      ],
    )
    assert.ok((texts[2]?.y ?? 0) > (texts[0]?.y ?? 0) + 10)
  })

  for (const { name, format, value, shown } of [
    {
      name: 'decimals between thousands',
      format:
        '<number:number-style style:name="N"><number:number number:decimal-places="2" number:min-integer-digits="1" number:grouping="true"/><number:text> EUR</number:text></number:number-style>',
      value: 1234.5,
      shown: '1,234.50EUR',
    },
    {
      name: 'shares of a hundred',
      format:
        '<number:percentage-style style:name="N"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>',
      value: 0.125,
      shown: '12.5%',
    },
    {
      name: 'negative numbers in a way of their own',
      format:
        '<number:number-style style:name="P"><number:number number:decimal-places="0" number:min-integer-digits="1"/></number:number-style><number:number-style style:name="N"><number:text>(</number:text><number:number number:decimal-places="0" number:min-integer-digits="1"/><number:text>)</number:text><style:map style:condition="value()&gt;=0" style:apply-style-name="P"/></number:number-style>',
      value: -42,
      shown: '(42)',
    },
    {
      name: 'days',
      format:
        '<number:date-style style:name="N"><number:day number:style="long"/><number:text>.</number:text><number:month number:style="long"/><number:text>.</number:text><number:year number:style="long"/></number:date-style>',
      value: 45356,
      shown: '05.03.2024',
    },
  ]) {
    it(`show ${name} as their format has them where the file does not say how they were shown`, async () => {
      const made = style('a', 'table-cell', '', 'style:data-style-name="N"') + format
      const cells = number(value, '', 'table:style-name="a"')
      const columns = '<table:table-column table:style-name="w"/>'
      const wide = style(
        'w',
        'table-column',
        '<style:table-column-properties style:column-width="2in"/>',
      )
      assert.deepEqual(await textsOf({ made: made + wide, sheets: sheet(columns + row(cells)) }), [
        shown,
      ])
    })
  }

  it('show dates, times and what is true by their values', async () => {
    const cells = [
      '<table:table-cell office:value-type="date" office:date-value="2024-03-05T12:00:00"/>',
      '<table:table-cell office:value-type="time" office:time-value="PT06H00M00S"/>',
      '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
      '<table:table-cell office:value-type="string" office:string-value="told"/>',
    ]
    assert.deepEqual(await textsOf({ sheets: sheet(row(cells.join(''))) }), [
      '45356.5',
      '0.25',
      'TRUE',
      'told',
    ])
  })

  it('have what conditions make of cells, by styles as their user calls them', async () => {
    const { fills, texts } = await firstPage({
      named: style(
        'Good_5f_1',
        'table-cell',
        '<style:table-cell-properties fo:background-color="#00ff00"/><style:text-properties fo:color="#0000ff"/>',
      ),
      sheets: sheet(
        `${row(number(1, '1'))}${row(number(7, '7'))}<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="One.A1:One.A2"><calcext:condition calcext:apply-style-name="Good_1" calcext:value="&gt;=5"/></calcext:conditional-format></calcext:conditional-formats>`,
      ),
    })
    assert.deepEqual(
      fills.map(({ colour }) => colour),
      ['00ff00'],
    )
    assert.deepEqual(
      texts.map(({ colour }) => colour),
      ['000000', '0000ff'],
    )
  })

  it('are on the paper of their master page, in its scale, with what is above and below', async () => {
    const { pages } = await pagesOf({
      ...PAGE(
        'style:scale-to="50%" style:print-orientation="landscape"',
        '<style:header><text:p>On <text:sheet-name>?</text:sheet-name></text:p></style:header><style:footer style:display="false"><text:p>not shown</text:p></style:footer>',
        '<style:header-style><style:header-footer-properties fo:min-height="20pt"/></style:header-style>',
      ),
      sheets: sheet(row(text('a'))),
    })
    const [page] = pages
    assert.deepEqual([page?.width, page?.height], [400, 300])
    const { texts } = seenOn(page)
    const [cell, header] = texts
    assert.deepEqual([cell?.text, cell?.size, header?.text], ['a', 5, 'OnOne'])
    assert.ok((cell?.y ?? 0) > 50 && (cell?.y ?? 0) < 60)
    assert.ok((header?.y ?? 0) > 30 && (header?.y ?? 0) < 45)
  })

  it('have what is printed of a sheet, with rows that are repeated on each page', async () => {
    const rows = Array.from({ length: 6 }, (_, index) =>
      row(text(`r${index}`), index === 3 ? 'table:style-name="b"' : ''),
    )
    const [head, ...body] = rows
    const { pages } = await pagesOf({
      made: style('b', 'table-row', '<style:table-row-properties fo:break-before="page"/>'),
      sheets: sheet(
        `<table:table-header-rows>${head}</table:table-header-rows>${body.join('')}`,
        'table:print-ranges="One.A1:One.A5"',
      ),
    })
    assert.deepEqual(
      pages.map((page) => seenOn(page).texts.map((each) => each.text)),
      [
        ['r0', 'r1', 'r2'],
        ['r0', 'r3', 'r4'],
      ],
    )
  })

  it('have no grid of a sheet that shows none', async () => {
    const settings =
      '<config:config-item-map-entry config:name="One"><config:config-item config:name="ShowGrid">false</config:config-item></config:config-item-map-entry>'
    const sheets = sheet(row(text('a')))
    const [shown, hidden] = [
      await firstPage({ sheets }),
      await firstPage({ sheets, parts: { 'settings.xml': `<settings>${settings}</settings>` } }),
    ]
    assert.ok(shown.lines.length > 0)
    assert.equal(hidden.lines.length, 0)
  })

  it('have pictures where they lie on cells, and tell of what they have not', async () => {
    const { pages, remarks } = await pagesOf({
      sheets: sheet(
        `${row(text('a'))}${row('<table:table-cell/><table:table-cell><draw:frame svg:x="5pt" svg:y="0pt" svg:width="40pt" svg:height="20pt"><draw:image xlink:href="Pictures/a.png"/></draw:frame><draw:rect svg:width="9pt" svg:height="9pt"/><draw:frame svg:width="9pt" svg:height="9pt"/></table:table-cell>')}`,
      ),
      parts: { 'Pictures/a.png': 'a picture' },
    })
    assert.deepEqual(
      seenOn(pages[0]).pictures.map(({ name, x, width, height }) => [name, x, width, height]),
      [['Pictures/a.png', MARGIN + WIDTH + 5, 40, 20]],
    )
    assert.deepEqual(remarks, ['Some shapes of the document are not on its pages.'])
  })

  it('have charts of the values that these have themselves', async () => {
    const chart = `<office:document-content xmlns:office="o"><office:body><office:chart><chart:chart chart:class="chart:bar"><chart:title><text:p>Sales</text:p></chart:title><chart:legend chart:legend-position="end"/><chart:plot-area><chart:series/></chart:plot-area><table:table><table:table-header-rows><table:table-row><table:table-cell/><table:table-cell><text:p>North</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-rows><table:table-row><table:table-cell><text:p>Jan</text:p></table:table-cell><table:table-cell office:value="3"/></table:table-row></table:table-rows></table:table></chart:chart></office:chart></office:body></office:document-content>`
    const { pages, remarks } = await pagesOf({
      sheets: sheet(
        row(
          '<table:table-cell><draw:frame svg:width="200pt" svg:height="150pt"><draw:object xlink:href="./Object 1"/></draw:frame></table:table-cell>',
        ),
      ),
      parts: { 'Object 1/content.xml': chart },
    })
    const shown = seenOn(pages[0]).texts.map((each) => each.text)
    for (const wanted of ['Sales', 'North', 'Jan']) assert.ok(shown.includes(wanted), wanted)
    assert.deepEqual(remarks, [])
  })

  it('have the first column at the right where the sheet has it there', async () => {
    const { texts } = await firstPage({
      made: style('t', 'table', '<style:table-properties style:writing-mode="rl-tb"/>'),
      sheets: sheet(row(text('a') + text('b')), 'table:style-name="t"'),
    })
    assert.ok((texts[0]?.x ?? 0) > (texts[1]?.x ?? 0))
  })

  const many = 'table:number-columns-repeated="999999999"'
  for (const { name, sheets, made } of [
    {
      name: 'cells with a value to the end of the sheet, and rows to its end',
      sheets: sheet(row(text('a', many), 'table:number-rows-repeated="999999999"')),
    },
    {
      name: 'cells merged over all of it, again and again',
      sheets: sheet(
        row(
          text(
            'a',
            'table:number-columns-spanned="99999" table:number-rows-spanned="9999999"',
          ).repeat(300),
        ),
      ),
    },
    {
      name: 'sizes, scales and counts that there are not',
      made: style(
        'c',
        'table-column',
        '<style:table-column-properties style:column-width="1e9in"/>',
      ),
      sheets: sheet(
        `<table:table-column table:style-name="c" table:number-columns-repeated="-5"/>${row(text('a', 'table:number-columns-repeated="0"'), 'table:number-rows-repeated="x"')}`,
      ),
      ...PAGE('style:scale-to="0%" style:scale-to-X="99999999" fo:margin-left="9999in"'),
    },
    {
      name: 'styles that are based on each other',
      made:
        style('a', 'table-cell', '', 'style:parent-style-name="b"') +
        style('b', 'table-cell', '', 'style:parent-style-name="a"'),
      sheets: sheet(row(text('a', 'table:style-name="a"'))),
    },
  ]) {
    it(`are there whatever a sheet says: ${name}`, async () => {
      const { pages } = await pagesOf({ sheets, ...(made && { made }) }, 2)
      assert.ok(pages.length > 0)
    })
  }
})
