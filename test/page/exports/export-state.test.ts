import assert from 'node:assert/strict'
import { withExport } from '../../../page/exports/export-list.ts'
import { countsOf, type ExportState, stateOf } from '../../../page/exports/export-state.ts'
import type { ShownExport } from '../../../src/doors/page/exports/export-shapes.ts'
import { DETAIL } from './known-export.ts'

const CLEAN: ShownExport = { ...DETAIL.job, successes: 2, errors: 0 }

const of = (number: number, name = 'old'): ShownExport => ({ ...CLEAN, number, name })

const STATES: [changes: Partial<ShownExport>, state: ExportState][] = [
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

describe('An export on the page', () => {
  for (const [changes, state] of STATES) {
    it(`is ${state} with ${JSON.stringify(changes)}`, () => {
      assert.equal(stateOf({ ...CLEAN, ...changes }), state)
    })
  }

  it('has as many files to make as assets, until the job has counted them', () => {
    const waiting = countsOf({ ...CLEAN, state: 'waiting', total: 0, successes: 0, assets: 3 })
    assert.deepEqual(waiting, { total: 3, done: 0, problems: 0 })
    const running = countsOf({ ...CLEAN, state: 'running', total: 9, successes: 2, errors: 1 })
    assert.deepEqual(running, { total: 9, done: 3, problems: 1 })
  })

  it('takes its place in the list by its number, newest first', () => {
    const told = withExport([of(9), of(5)], of(7, 'new'), true)
    assert.deepEqual(
      told.map(({ number }) => number),
      [9, 7, 5],
    )
    const again = withExport(told, of(5, 'new'), true)
    assert.deepEqual(
      again.map(({ number, name }) => `${number} ${name}`),
      ['9 old', '7 new', '5 new'],
    )
    assert.deepEqual(withExport(told, of(4), true), told)
    assert.equal(withExport(told, of(4), false).length, 4)
  })
})
