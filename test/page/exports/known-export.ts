import type { ExportDetail } from '../../../src/doors/page/exports/export-shapes.ts'

/** An export of which all is known; one of its assets is gone. */
export const DETAIL: ExportDetail = {
  job: {
    number: 7,
    company: 'acme',
    name: 'Web & "print"',
    by: 'ann',
    state: 'done',
    isPaused: false,
    isFatal: false,
    submitted: 1,
    total: 2,
    successes: 1,
    errors: 1,
    warnings: 0,
    assets: 2,
    fmt: 'convert',
    modifier: '&fmt=png&wid=40',
    macro: '$web$',
    emailSetting: 'Error',
  },
  assets: [{ handle: 'a|1', name: 'shoe' }, { handle: 'a|2' }],
  lines: [],
  earlier: 0,
  mail: { place: 'later' },
}
