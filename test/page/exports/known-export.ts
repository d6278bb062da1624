import type { ExportDetail } from '../../../src/doors/page/exports/export-shapes.ts'

const PART = { state: 'done' as const, files: [], spans: [] }

/** An export of which all is known; one of its assets is gone. */
export const DETAIL: ExportDetail = {
  job: {
    kind: 'export',
    id: '7',
    number: 7,
    company: 'acme',
    title: 'Web & "print"',
    by: 'ann',
    state: 'problems',
    createdAt: 1,
    total: 2,
    done: 2,
    failed: 1,
    fmt: 'convert',
    modifier: '&fmt=png&wid=40',
    macro: '$web$',
    emailSetting: 'Error',
  },
  assets: [
    { ...PART, id: 'a|1', name: 'shoe', isGone: false },
    { ...PART, id: 'a|2', name: 'a|2', state: 'failed', isGone: true },
  ],
  whole: { ...PART, id: '7', name: 'Web' },
  lines: [],
  earlier: 0,
  mail: { place: 'later' },
}
