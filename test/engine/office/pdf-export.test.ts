import assert from 'node:assert/strict'
import type { OfficeOptions } from '../../../src/engine/office/options.ts'
import { type PdfExport, toPdfExport } from '../../../src/engine/office/pdf-export.ts'

describe('what the PDF export of LibreOffice is told', () => {
  const cases: readonly (readonly [Omit<OfficeOptions, 'format'>, PdfExport])[] = [
    [{}, {}],
    [{ password: 'sesame' }, {}],
    [{ pages: ' 1 - 3, 5' }, { PageRange: '1-3,5' }],
    [{ pages: '2-' }, { PageRange: '2-' }],
    [{ pdfA: true }, { SelectPdfVersion: 2 }],
    [{ pdfA: false }, {}],
    [{ includeMarkup: true }, { ExportNotesInMargin: true }],
    [{ includeMarkup: false }, {}],
    [{ bookmarks: true }, { ExportBookmarks: true }],
    [{ bookmarks: false }, { ExportBookmarks: false }],
    [{ optimizePrint: true }, { ReduceImageResolution: false, Quality: 95 }],
    [
      { optimizePrint: false },
      { ReduceImageResolution: true, MaxImageResolution: 150, Quality: 75 },
    ],
    [{ fitSheets: 'page' }, { SinglePageSheets: true }],
    // It is the sheets that are told so.
    [{ fitSheets: 'width' }, {}],
    [{ includeNotes: true }, { ExportNotesPages: true }],
    [{ includeNotes: false }, {}],
  ]
  for (const [options, expected] of cases) {
    it(`is ${JSON.stringify(expected)} for ${JSON.stringify(options)}`, () => {
      assert.deepEqual(toPdfExport({ format: 'pdf', ...options }), expected)
    })
  }
})
