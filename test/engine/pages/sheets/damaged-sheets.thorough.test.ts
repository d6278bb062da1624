import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { writePages } from '../../../../src/engine/pages/drawing/write-pages.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutOds } from '../../../../src/engine/pages/sheets/ods/lay-out-ods.ts'
import { layOutXls } from '../../../../src/engine/pages/sheets/xls/lay-out-xls.ts'
import { withPackage } from '../../../../src/packages/package.ts'
import { createDice, mutate } from '../../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../../support/amounts.ts'
import { odf, odfPart } from '../../text/documents.ts'
import { number, row, sheet, style, text } from './ods/ods-parts.ts'
import { art, drawing, holder, link, named, object, shape } from './xls/biff-parts.ts'
import {
  doubles,
  font,
  label,
  look,
  numeral,
  record,
  string,
  u16,
  u32,
  u8,
  workbook,
} from './xls/biff.ts'

const COUNT = amountOf({ thoroughly: 2000, usually: 60 })

const tools = { fonts: createPageFonts([]), count: 3, remark: () => undefined }

const PICTURE = art(
  0xf007,
  6,
  Buffer.concat([Buffer.alloc(36), art(0xf01e, 0x6e0, Buffer.alloc(30))]),
)

/** A workbook with something of all that is read. */
const XLS = workbook(
  Buffer.concat([
    font(10),
    font(8, { bold: true, colour: 9 }),
    record(0x92, u16(2), u32(0x112233, 0x445566)),
    record(0x41e, u16(164), string('#,##0.0;[Red]-0')),
    look(),
    look({ font: 1, format: 164, place: 0x4b, turn: 45, sides: 0x2211, others: 1 << 26 }),
    record(0xfc, u32(1, 1), u16(4), u8(8), u16(1), Buffer.from('abcd'), u16(2, 1)),
    named(6, [0, 9, 0, 5]),
    named(7, [0, 0, 0, 255]),
    record(0xeb, holder(0xf000, holder(0xf001, PICTURE))),
  ]),
  [
    {
      name: 'One',
      records: Buffer.concat([
        record(0x14, string('&L&A&R&P/&N')),
        record(0x1b, u16(1, 4, 0, 255)),
        record(0xa1, u16(9, 80, 1, 1, 0, 2, 600, 600), doubles(0.5, 0.5), u16(1)),
        record(0x7d, u16(0, 2, 5302, 1, 0, 0)),
        record(0x208, u16(1, 0, 3, 400, 0, 0, 0x1c0, 1)),
        record(0xfd, u16(0, 0, 1), u32(0)),
        numeral(1, 0, 45356.5, 1),
        label(1, 1, 'North'),
        record(0xbd, u16(2, 0, 0), u32(6), u16(1), u32(10), u16(1)),
        record(0xe5, u16(1, 3, 5, 0, 2)),
        record(0x1b0, u16(1, 0, 0, 9, 0, 5, 1, 0, 9, 0, 5)),
        record(0x1b1, u8(1, 5), u16(3, 0), u32(0x2003_0000), u16(0, 0, 0x500), u8(0x1e), u16(5)),
        drawing(
          shape(75, [1, 512, 1, 0, 2, 512, 3, 0], [[0x4104, 1]]),
          shape(202, [1, 0, 1, 0, 4, 0, 6, 0], [[385, 0x0800_0009]]),
          shape(201, [3, 0, 1, 0, 9, 0, 20, 0], []),
        ),
        object(8),
        object(6),
        record(0x1b6, u16(0x12, 0, 0, 0, 0, 5, 16, 0, 0)),
        record(0x3c, u8(0), Buffer.from('boxed')),
        record(0x3c, u16(0, 1, 0, 0, 5, 0, 0, 0)),
        object(5),
        record(0x809, u16(0x600, 0x20, 0, 0), u32(0, 0)),
        record(0x1003, u16(1, 1, 1, 1, 1, 0)),
        link(0, 1, 1, 1, 1),
        link(1, 2, 2, 0, 1),
        record(0x1045, u16(0)),
        record(0x1014, Buffer.alloc(20)),
        record(0x1017, u16(0, 150, 2)),
        record(0x0a),
      ]),
    },
  ],
)

const CHART =
  '<chart:chart chart:class="chart:bar"><chart:title><text:p>Sales</text:p></chart:title><chart:plot-area><chart:series/></chart:plot-area><table:table><table:table-header-rows><table:table-row><table:table-cell/><table:table-cell><text:p>North</text:p></table:table-cell></table:table-row></table:table-header-rows><table:table-rows><table:table-row><table:table-cell><text:p>Jan</text:p></table:table-cell><table:table-cell office:value="3"/></table:table-row></table:table-rows></table:table></chart:chart>'

/** The content of a spreadsheet with something of all that is read, and its styles. */
const CONTENT = odfPart(
  `<office:automatic-styles>${[
    style('c', 'table-column', '<style:table-column-properties style:column-width="1in"/>'),
    style(
      'r',
      'table-row',
      '<style:table-row-properties style:row-height="9pt" fo:break-before="page"/>',
    ),
    style(
      'a',
      'table-cell',
      '<style:table-cell-properties fo:border="1pt solid #ff0000" fo:background-color="#00ff00" style:rotation-angle="45"/><style:text-properties fo:font-size="8pt"/>',
      'style:data-style-name="N"',
    ),
    '<number:number-style style:name="N"><number:number number:decimal-places="2" number:grouping="true"/></number:number-style>',
  ].join('')}</office:automatic-styles><office:body><office:spreadsheet>${sheet(
    `<table:table-column table:style-name="c" table:number-columns-repeated="3"/><table:table-header-rows>${row(text('a', 'table:style-name="a" table:number-columns-spanned="2"'))}</table:table-header-rows>${row(number(4, '', 'table:style-name="a" table:number-columns-repeated="9"'), 'table:style-name="r" table:number-rows-repeated="9"')}${row(`<table:table-cell><draw:frame svg:width="90pt" svg:height="60pt"><draw:object><office:document><office:body><office:chart>${CHART}</office:chart></office:body></office:document></draw:object></draw:frame></table:table-cell>`)}<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="One.A1:One.B9"><calcext:condition calcext:apply-style-name="a" calcext:value="between(1,5)"/></calcext:conditional-format></calcext:conditional-formats>`,
    'table:print-ranges="One.A1:One.C20"',
  )}</office:spreadsheet></office:body>`,
)
const STYLES = odfPart(
  '<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="400pt" fo:page-height="300pt" style:scale-to-X="1"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="L"><style:header><text:p><text:sheet-name/></text:p></style:header></style:master-page></office:master-styles>',
)

/** Between the two in what is damaged. */
const BETWEEN = '<!---->'

/** Lays out damaged documents, each of which has pages or a reason for none. */
async function assertSettles(
  layOut: (damage: (file: Buffer) => Buffer) => Promise<readonly Page[]>,
): Promise<void> {
  const dice = createDice(seedOf(22))
  let laidOut = 0
  for (let nth = 0; nth < COUNT; nth += 1) {
    try {
      const pages = await layOut((file) => {
        const from = dice(2) === 0 ? 0 : dice(file.length - 100)
        return Buffer.concat([file.subarray(0, from), mutate(file.subarray(from), dice)])
      })
      writePages(pages)
      laidOut += 1
    } catch (error) {
      assert.ok(error instanceof OperationError, String(error))
    }
  }
  assert.ok(laidOut > 0)
}

describe('damaged workbooks', function () {
  this.timeout(600_000)

  it(`of before 2007 have pages or a reason for none, ${COUNT} times`, () =>
    assertSettles(async (damage) => {
      const stream = damage(XLS)
      const document = {
        kind: 'legacy' as const,
        id: 'xls' as const,
        title: '',
        modern: '.xlsx',
        isLocked: false,
        streams: () => stream,
      }
      const laidOut = await layOutXls(document, tools)
      return laidOut?.pages ?? []
    }))

  it(`of OpenDocument have pages or a reason for none, ${COUNT} times`, () =>
    assertSettles((damage) => {
      // Most of what is damaged of XML is none any more.
      const both = damage(Buffer.from(`${CONTENT}${BETWEEN}${STYLES}`)).toString()
      const [content = '', styles = STYLES] = both.split(BETWEEN)
      const file = odf('spreadsheet', '', { 'content.xml': content, 'styles.xml': styles })
      return withPackage(file, async (parts) => {
        const { pages } = await layOutOds(parts, tools)
        return pages
      })
    }))
})
