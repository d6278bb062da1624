import assert from 'node:assert/strict'
import { createFlow } from '../../../src/engine/text/flow.ts'
import {
  readFormatCode,
  readFormatNumber,
  writeNumber,
  writeText,
} from '../../../src/engine/text/xlsx-number.ts'
import { readXlsx } from '../../../src/engine/text/xlsx.ts'
import { findMainPart } from '../../../src/packages/opc.ts'
import { withPackage } from '../../../src/packages/package.ts'
import { office, relationships, xlsx } from './documents.ts'
import { useExtraction } from './extraction.ts'

describe('text of a workbook', () => {
  const { assertText, assertFails } = useExtraction()

  it('has sheets in their order, rows as lines and cells behind tabs', () =>
    assertText(
      xlsx({
        sheets: [
          '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row><row r="9"><c r="A9"><v>1.1000000000000001</v></c></row>',
          '<row><c t="inlineStr"><is><t>in</t><r><t>line</t></r></is></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>formula</v></c></row>',
        ],
        strings:
          '<si><t>plain</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">rich </t></r><r><t>text</t></r><rPh><t>sound</t></rPh></si>',
      }),
      'rich text\tplain\n1.1\n\ninline\tTRUE\t#N/A\tformula\n',
    ))

  it('keeps columns below each other, but not those far away', () =>
    assertText(
      xlsx({
        sheets: [
          '<row><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c><c r="D1" s="4"/></row><row><c r="B2"><v>2</v></c><c r="XFD2"><v>9</v></c></row>',
        ],
      }),
      `1\t\t3\n\t2${'\t'.repeat(17)}9\n`,
    ))

  it('keeps a row on one line', () =>
    assertText(
      xlsx({ sheets: ['<row><c t="str"><v>one\ntwo_x000D_\tthree</v></c><c><v>4</v></c></row>'] }),
      'one two three\t4\n',
    ))

  it('has dates as ISO 8601 has them', () =>
    assertText(
      xlsx({
        sheets: [
          '<row><c s="1"><v>45356.75</v></c><c s="2"><v>45356</v></c><c s="0"><v>45356</v></c></row>',
        ],
        styles:
          '<numFmts><numFmt numFmtId="170" formatCode="[$-407]d/\\m\\m/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="170"/></cellXfs>',
      }),
      '2024-03-05T18:00:00\t2024-03-05\t45356\n',
    ))

  it('has numbers as they are displayed, and the titles of charts', () =>
    assertText(
      office('xl/workbook22.xml', 'application/vnd.ms-excel.sheet.macroEnabled.main+xml', {
        'xl/workbook22.xml':
          '<workbook xmlns:r="urn:r"><sheets><sheet name="One" r:id="a"/></sheets></workbook>',
        'xl/_rels/workbook22.xml.rels': relationships([
          ['a', 'worksheet', 'sheets/one.xml'],
          ['b', 'styles', 'looks.xml'],
        ]),
        'xl/looks.xml':
          '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="000-00"/></numFmts><cellXfs><xf numFmtId="10"/><xf numFmtId="170"/></cellXfs></styleSheet>',
        'xl/sheets/one.xml':
          '<worksheet><sheetData><row><c s="0"><v>0.5</v></c><c s="1"><v>123</v></c></row></sheetData></worksheet>',
        'xl/sheets/_rels/one.xml.rels': relationships([['d', 'drawing', '../drawing.xml']]),
        'xl/drawing.xml': '<wsDr><graphicFrame/></wsDr>',
        'xl/_rels/drawing.xml.rels': relationships([['c', 'chart', 'charts/chart1.xml']]),
        'xl/charts/chart1.xml':
          '<chartSpace><chart><title><p><r><t>Turnover in Geneva</t></r></p></title><plotArea><catAx><title><tx><strRef><f>S1!$A$1</f><strCache><pt><v>Quarter</v></pt></strCache></strRef></tx></title></catAx><ser><cat><strCache><pt><v>of a cell</v></pt></strCache></cat></ser><ser><tx><v>Turnover of 2026</v></tx><cat><strLit><pt><v>Spring</v></pt></strLit></cat></ser></plotArea></chart></chartSpace>',
      }),
      '50.00%\t001-23\nTurnover in Geneva\nQuarter\nTurnover of 2026\nSpring\n',
    ))

  it('counts days from 1904 where the workbook does', () =>
    assertText(
      xlsx({
        sheets: ['<row><c s="0"><v>0</v></c></row>'],
        styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
        properties: '<workbookPr date1904="1"/>',
      }),
      '1904-01-01\n',
    ))

  it('fails for a binary workbook', () =>
    assertFails(
      office('xl/workbook.bin', 'application/vnd.ms-excel.sheet.binary.macroEnabled.main', {
        'xl/workbook.bin': 'x',
      }),
      'SourceUnsupported',
      /saved as \.xlsx/,
    ))

  it('tells of formulas that were saved without their values', async () => {
    const remarks: string[] = []
    const book = xlsx({
      sheets: ['<row r="1"><c r="A1"><f>B1</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'],
    })
    await withPackage(book, async (parts) => {
      const main = await findMainPart(parts)
      const flow = createFlow(() => undefined)
      await readXlsx(parts, main?.name ?? '', flow, (sentence) => void remarks.push(sentence))
    })
    assert.deepEqual(remarks, [
      'A formula of the document was saved without its value; its cell is empty.',
    ])
  })
})

describe('a number in a cell', () => {
  for (const [code, kind] of [
    ['General', 'number'],
    ['0.00%', 'number'],
    ['#,##0.00 "days"', 'number'],
    ['[Red]-0.0', 'number'],
    ['yyyy-mm-dd', 'date'],
    ['[$-409]mmm\\-yy;@', 'date'],
    ['mmmm', 'date'],
    ['h:mm AM/PM', 'time'],
    ['mm:ss.0', 'time'],
    ['0.00E+00', 'number'],
    ['##0.0e-0', 'number'],
    ['[$-411]ggge"年"', 'date'],
    ['dd.mm.yyyy hh:mm', 'date and time'],
    ['[h]:mm:ss', 'duration'],
  ] as const) {
    it(`is a ${kind} with the format ${code}`, () => assert.equal(readFormatCode(code).kind, kind))
  }

  for (const [format, kind] of [
    [0, 'number'],
    [10, 'number'],
    [14, 'date'],
    [17, 'date'],
    [18, 'time'],
    [22, 'date and time'],
    [46, 'duration'],
    [49, 'number'],
    [57, 'date'],
  ] as const) {
    it(`is a ${kind} with the format of number ${format}`, () =>
      assert.equal(readFormatNumber(format).kind, kind))
  }

  for (const { value, kind, text } of [
    { value: '1', kind: 'date', text: '1900-01-01' },
    { value: '59', kind: 'date', text: '1900-02-28' },
    { value: '61', kind: 'date', text: '1900-03-01' },
    { value: '0.5', kind: 'time', text: '12:00:00' },
    { value: '1.0416666666666667', kind: 'duration', text: '25:00:00' },
    { value: '2958465', kind: 'date', text: '9999-12-31' },
    { value: '2958466', kind: 'date', text: '2958466' },
    { value: '1e300', kind: 'date', text: '1E+300' },
    { value: '1e-7', kind: 'number', text: '1E-07' },
    { value: '-5', kind: 'date', text: '-5' },
    { value: '0.30000000000000004', kind: 'number', text: '0.3' },
    { value: '123456789012345', kind: 'number', text: '123456789012345' },
    { value: 'odd', kind: 'date', text: 'odd' },
  ] as const) {
    it(`writes ${value} as ${text} when it is a ${kind}`, () =>
      assert.equal(writeNumber(value, { kind }, false), text))
  }

  for (const [value, code, text] of [
    ['501', '00000', '00501'],
    ['4179123456', '000 000 00 00', '417 912 34 56'],
    ['0.125', '0.0%', '12.5%'],
    ['1234.5', '"CHF" #,##0.00', 'CHF 1,234.50'],
    ['1234.5', '#,##0.00 [$€-407]', '1,234.50 €'],
    ['-1234.5', '#,##0.00;[Red](#,##0.00)', '(1,234.50)'],
    ['1.5', '# ?/?', '1 1/2'],
    ['1234567', '0.00E+00', '1.23E+06'],
    ['0.00012', '##0.0E+0', '120.0E-6'],
    ['12345', '#,##0,"k"', '12k'],
    ['1.1000000000000001', 'General', '1.1'],
    ['7', '0"kg', '7'],
    ['1.005', '0.00', '1.01'],
    ['-2.675', '0.00', '-2.68'],
    ['1000000000000000', '0.00', '1000000000000000.00'],
  ] as const) {
    it(`is displayed as ${text} with the format ${code}`, () =>
      assert.equal(writeNumber(value, readFormatCode(code), false), text))
  }

  for (const [code, shown] of [
    ['"Name: "@', 'Name: Ann'],
    ['0;0;0;@" (sic)"', 'Ann (sic)'],
    [';;;', ''],
    ['0.00', 'Ann'],
    ['@', 'Ann'],
  ] as const) {
    it(`is displayed as '${shown}' when it is a text with the format ${code}`, () =>
      assert.equal(writeText('Ann', readFormatCode(code)), shown))
  }
})
