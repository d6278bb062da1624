import assert from 'node:assert/strict'
import type { CaptureOptions } from '../../../src/engine/capture/capture-options.ts'
import { toPrintOptions } from '../../../src/engine/capture/print-options.ts'

describe('how a page is printed', () => {
  const cases: [title: string, options: Partial<CaptureOptions>, expected: object][] = [
    ['on A4 unless told otherwise', {}, { width: '210mm', height: '297mm', landscape: false }],
    ['on paper by its name', { pageFormat: 'ledger' }, { width: '431.8mm', height: '279.4mm' }],
    [
      'on paper by its size, in centimetres',
      { pageWidth: 10, pageHeight: 20.5, pageFormat: 'a3' },
      { width: '100mm', height: '205mm' },
    ],
    ['across it', { pageOrientation: 'landscape' }, { landscape: true }],
    ['on paper that the page names', {}, { preferCSSPageSize: true }],
    ['not on that when another is asked for', { pageFormat: 'a4' }, { preferCSSPageSize: false }],
    ['with its backgrounds', {}, { printBackground: true }],
    ['without them', { printBackground: false }, { printBackground: false }],
    ['without margins', {}, { margin: { top: '0mm', bottom: '0mm', left: '0mm', right: '0mm' } }],
    [
      'with margins in millimetres',
      { marginTop: 1, marginBottom: 2.5, marginLeft: 3, marginRight: 4 },
      { margin: { top: '1mm', bottom: '2.5mm', left: '3mm', right: '4mm' } },
    ],
    [
      'with room for header and footer',
      { displayHeaderFooter: true },
      {
        displayHeaderFooter: true,
        margin: { top: '15mm', bottom: '15mm', left: '0mm', right: '0mm' },
      },
    ],
    ['larger', { zoom: 1.5 }, { scale: 1.5 }],
    ['in part', { pages: '2-3' }, { pageRanges: '2-3' }],
  ]
  for (const [title, options, expected] of cases) {
    it(title, () => {
      assert.partialDeepStrictEqual(toPrintOptions({ format: 'pdf', ...options }), expected)
    })
  }

  it('gives templates letters that can be seen', () => {
    const { headerTemplate, footerTemplate } = toPrintOptions({
      format: 'pdf',
      headerTemplate: '<b class="title"></b>',
    })
    assert.match(
      headerTemplate ?? '',
      /^<div style="font-size:8px.*"><b class="title"><\/b><\/div>$/,
    )
    assert.equal(footerTemplate, undefined)
  })
})
