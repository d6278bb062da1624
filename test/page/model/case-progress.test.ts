import assert from 'node:assert/strict'
import {
  changeCases,
  followBatch,
  progressOf,
  quartersDone,
} from '../../../page/model/case-progress.ts'
import { testCase } from '../test-case.ts'

const NONE: ReadonlySet<string> = new Set()

const IDLE = [testCase('worker/a', 'passed'), testCase('worker/b', 'failed'), testCase('worker/c')]

const A_RUNS = [testCase('worker/a', 'running'), testCase('worker/b', 'failed')]

const A_AND_B_RUN = [testCase('worker/a', 'running'), testCase('worker/b', 'queued')]

const A_ENDED = [testCase('worker/a', 'passed'), testCase('worker/b', 'queued')]

const ALL_ENDED = [testCase('worker/a', 'passed'), testCase('worker/b', 'failed')]

describe('The batch of test cases that runs', () => {
  it('is empty while nothing runs', () => {
    assert.deepEqual(followBatch(NONE, [], IDLE), NONE)
    assert.equal(progressOf(NONE, IDLE), undefined)
  })

  it('has what is running when the page is opened', () => {
    assert.deepEqual(followBatch(NONE, [], A_AND_B_RUN), new Set(['worker/a', 'worker/b']))
  })

  it('grows by what is asked for while others run', () => {
    const batch = followBatch(NONE, IDLE, A_RUNS)
    assert.deepEqual(batch, new Set(['worker/a']))
    assert.deepEqual(followBatch(batch, A_RUNS, A_AND_B_RUN), new Set(['worker/a', 'worker/b']))
  })

  it('stays when it has ended, and is replaced by the next', () => {
    const batch = new Set(['worker/a', 'worker/b'])
    assert.deepEqual(followBatch(batch, A_ENDED, ALL_ENDED), batch)
    assert.deepEqual(followBatch(batch, ALL_ENDED, A_RUNS), new Set(['worker/a']))
  })

  it('follows the cases in the state', () => {
    const { cases, caseBatch } = changeCases({ cases: undefined, caseBatch: NONE }, A_RUNS)
    assert.equal(cases, A_RUNS)
    assert.deepEqual(caseBatch, new Set(['worker/a']))
  })

  it('tells how many are done, and how many of these are not as they should be', () => {
    const batch = new Set(['worker/a', 'worker/b'])
    assert.deepEqual(progressOf(batch, A_AND_B_RUN), { total: 2, done: 0, bad: 0 })
    assert.deepEqual(progressOf(batch, A_ENDED), { total: 2, done: 1, bad: 0 })
    assert.deepEqual(progressOf(batch, ALL_ENDED), { total: 2, done: 2, bad: 1 })
  })

  it('passes over cases that are no longer there', () => {
    assert.equal(progressOf(new Set(['worker/gone']), IDLE), undefined)
  })

  const QUARTERS: readonly [number, number, number][] = [
    [0, 522, 0],
    [130, 522, 0],
    [131, 522, 1],
    [261, 522, 2],
    [391, 522, 2],
    [392, 522, 3],
    [521, 522, 3],
    [522, 522, 4],
    [38, 39, 0],
    [39, 39, 4],
    [1, 1, 4],
  ]
  for (const [done, total, quarters] of QUARTERS) {
    it(`is told as ${quarters} quarters when ${done} of ${total} are done`, () => {
      assert.equal(quartersDone({ done, total, bad: 0 }), quarters)
    })
  }
})
