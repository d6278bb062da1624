import assert from 'node:assert/strict'
import { filterLines, linesOfActivation } from '../../../page/logs/shown-line.ts'

const STAMP = '2026-11-30T09:26:38.278000000Z'
const LINES = linesOfActivation([
  `${STAMP} stdout: Using worker callback (\`worker#AssetComputeWorker\`)`,
  `${STAMP} stdout: [rendition 0] instructions for 'worker()' callback: : { fmt: 'png' }`,
  `${STAMP} stdout: [rendition 0] opened harbour.jpg`,
  `${STAMP} stdout: [rendition 0] worker() callback processing failed with error after 0.1 seconds: no`,
  `${STAMP} stderr: Error: no`,
])

const numbersOf = (...filter: Parameters<typeof filterLines>) =>
  filterLines(...filter).map(({ number }) => number)

describe('what is shown of a log', () => {
  const cases: readonly {
    of: string
    filter: { isShort: boolean; text: string }
    telling?: number
    numbers: readonly number[]
  }[] = [
    { of: 'all lines', filter: { isShort: false, text: '' }, numbers: [1, 2, 3, 4, 5] },
    { of: "the worker's own", filter: { isShort: true, text: '' }, numbers: [3, 5] },
    {
      of: 'the line that tells why, though it is none of those',
      filter: { isShort: true, text: '' },
      telling: 3,
      numbers: [3, 4, 5],
    },
    {
      of: 'those with a text, however it is written',
      filter: { isShort: false, text: ' HARBOUR ' },
      numbers: [3],
    },
    { of: 'those of a stream', filter: { isShort: false, text: 'stderr' }, numbers: [5] },
    { of: 'none', filter: { isShort: true, text: 'fmt' }, numbers: [] },
  ]
  for (const { of, filter, telling, numbers } of cases) {
    it(`is ${of}, by the numbers that they have in it`, () => {
      assert.deepEqual(numbersOf(LINES, filter, telling), numbers)
    })
  }

  it('is read once for each log', () => {
    const log = [`${STAMP} stdout: one`]
    assert.equal(linesOfActivation(log), linesOfActivation(log))
  })

  it('marks what the worker threw as a problem', () => {
    assert.deepEqual(
      LINES.map(({ isProblem }) => isProblem),
      [false, false, false, false, true],
    )
  })
})
