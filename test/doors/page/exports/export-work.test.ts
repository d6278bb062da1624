import assert from 'node:assert/strict'
import {
  partOfWhole,
  partsOfExport,
  toShownExport,
} from '../../../../src/doors/page/exports/export-work.ts'
import type { ExportFacts } from '../../../../src/doors/page/exports/inspected-exports.ts'

const CLEAN: ExportFacts = {
  number: 7,
  company: 'acme',
  name: 'Web',
  by: 'ann',
  state: 'done',
  isPaused: false,
  isFatal: false,
  submitted: 10,
  started: 20,
  ended: 90,
  total: 3,
  successes: 3,
  errors: 0,
  warnings: 0,
  handles: ['a|1', 'a|2', 'a|3'],
  fmt: 'orig',
  emailSetting: 'None',
}

const STATES: [changes: Partial<ExportFacts>, state: string][] = [
  [{ state: 'waiting' }, 'waiting'],
  [{ state: 'waiting', isPaused: true }, 'paused'],
  [{ state: 'waiting', isPaused: true, execTime: 5 }, 'paused'],
  [{ state: 'waiting', execTime: 5 }, 'scheduled'],
  [{ state: 'running' }, 'running'],
  [{ state: 'running', errors: 1 }, 'running'],
  [{}, 'done'],
  [{ errors: 1 }, 'problems'],
  [{ warnings: 1 }, 'problems'],
  [{ isFatal: true, errors: 1 }, 'failed'],
]

const asset = { name: 'shoe' }

function countsOf(changes: Partial<ExportFacts>): readonly number[] {
  const { total, done, failed } = toShownExport({ ...CLEAN, ...changes })
  return [total, done, failed]
}

describe('An export as a piece of work', () => {
  for (const [changes, state] of STATES) {
    it(`is ${state} with ${JSON.stringify(changes)}`, () => {
      assert.equal(toShownExport({ ...CLEAN, ...changes }).state, state)
    })
  }

  it('has as many parts as assets, until the job has counted them', () => {
    assert.deepEqual(countsOf({ state: 'waiting', total: 0, successes: 0 }), [3, 0, 0])
    assert.deepEqual(countsOf({ state: 'running', total: 9, successes: 2, errors: 1 }), [9, 3, 1])
  })

  it('has a part for each asset: how it ended, and when it was worked on', () => {
    const lines = [
      { type: 'FileEnd', message: '', created: 50, item: 1, asset, spent: { start: 20, end: 40 } },
      { type: 'GetFailure', message: '', created: 50, item: 0 },
      { type: 'EndGet', message: '', created: 90 },
    ]
    const parts = partsOfExport(CLEAN, [undefined, undefined, 'boot'], lines)
    assert.deepEqual(
      parts.map(({ id, name, state, spans }) => [id, name, state, spans]),
      [
        ['a|1', 'a|1', 'failed', []],
        ['a|2', 'shoe', 'done', [{ step: 'render', start: 20, end: 40 }]],
        ['a|3', 'boot', 'stopped', []],
      ],
    )
    assert.deepEqual(partOfWhole(CLEAN, lines).spans, [
      { step: 'wait', start: 10, end: 20 },
      { step: 'pack', start: 40, end: 90 },
    ])
  })

  it('has no times of assets where an older version has logged none, and waits as long as it has not begun', () => {
    const line = { type: 'FileEnd', message: '', created: 50, asset }
    const [part] = partsOfExport(CLEAN, ['shoe'], [line])
    assert.deepEqual(part?.spans, [])
    const { started: _, ended: __, ...waiting } = CLEAN
    assert.deepEqual(partOfWhole({ ...waiting, state: 'waiting' }, []).spans, [
      { step: 'wait', start: 10 },
    ])
  })
})
