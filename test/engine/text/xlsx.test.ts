import assert from 'node:assert/strict'
import {
  readFormatCode,
  readFormatNumber,
  writeNumber,
} from '../../../src/engine/text/xlsx-number.ts'
import { office, xlsx } from './documents.ts'
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
    ['dd.mm.yyyy hh:mm', 'date and time'],
    ['[h]:mm:ss', 'duration'],
  ] as const) {
    it(`is a ${kind} with the format ${code}`, () => assert.equal(readFormatCode(code), kind))
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
      assert.equal(readFormatNumber(format), kind))
  }

  for (const { value, kind, text } of [
    { value: '1', kind: 'date', text: '1900-01-01' },
    { value: '59', kind: 'date', text: '1900-02-28' },
    { value: '61', kind: 'date', text: '1900-03-01' },
    { value: '0.5', kind: 'time', text: '12:00:00' },
    { value: '1.0416666666666667', kind: 'duration', text: '25:00:00' },
    { value: '2958465', kind: 'date', text: '9999-12-31' },
    { value: '2958466', kind: 'date', text: '2958466' },
    { value: '1e300', kind: 'date', text: '1e+300' },
    { value: '-5', kind: 'date', text: '-5' },
    { value: '0.30000000000000004', kind: 'number', text: '0.3' },
    { value: '123456789012345', kind: 'number', text: '123456789012345' },
    { value: 'odd', kind: 'date', text: 'odd' },
  ] as const) {
    it(`writes ${value} as ${text} when it is a ${kind}`, () =>
      assert.equal(writeNumber(value, kind, false), text))
  }
})
