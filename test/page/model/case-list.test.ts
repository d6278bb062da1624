import assert from 'node:assert/strict'
import {
  badNeighbours,
  canRun,
  countStandings,
  filterCases,
  groupByAction,
  isBad,
  isWaiting,
  keyOfCase,
  type Standing,
  standingOf,
  takeOver,
} from '../../../page/model/case-list.ts'
import { resultOf, testCase } from '../test-case.ts'

const unfit = { ...testCase('worker/unfit', 'passed'), unfit: 'no test input file found' }

const LIST = [
  testCase('archive/of-paths', 'passed'),
  testCase('worker/crop', 'failed'),
  testCase('worker/png-to-jpg'),
  testCase('worker/to-png', 'error'),
  testCase('worker/width-only', 'failed'),
  unfit,
]

const TO_PNG = LIST.find(({ name }) => name === 'to-png')

describe('The list of test cases', () => {
  describe('how a case stands', () => {
    it('is not run without a result, and what the result says otherwise', () => {
      assert.equal(standingOf(testCase('worker/crop')), 'not-run')
      assert.equal(standingOf(testCase('worker/crop', 'expected-error')), 'expected-error')
    })

    it('is not runnable when the case is unfit, whatever an earlier run said', () => {
      assert.equal(standingOf(unfit), 'not-runnable')
    })

    const TABLE: readonly [Standing, { waiting: boolean; bad: boolean; runnable: boolean }][] = [
      ['not-run', { waiting: false, bad: false, runnable: true }],
      ['queued', { waiting: true, bad: false, runnable: false }],
      ['running', { waiting: true, bad: false, runnable: false }],
      ['passed', { waiting: false, bad: false, runnable: true }],
      ['expected-error', { waiting: false, bad: false, runnable: true }],
      ['failed', { waiting: false, bad: true, runnable: true }],
      ['error', { waiting: false, bad: true, runnable: true }],
      ['skipped', { waiting: false, bad: false, runnable: true }],
      ['stopped', { waiting: false, bad: false, runnable: true }],
      ['not-runnable', { waiting: false, bad: false, runnable: false }],
    ]
    for (const [standing, expected] of TABLE) {
      it(`${standing}: ${JSON.stringify(expected)}`, () => {
        const known = standing === 'not-run' || standing === 'not-runnable'
        const each =
          standing === 'not-runnable' ? unfit : testCase('a/b', known ? undefined : standing)
        assert.equal(standingOf(each), standing)
        const found = { waiting: isWaiting(each), bad: isBad(each), runnable: canRun(each) }
        assert.deepEqual(found, expected)
      })
    }
  })

  describe('filtering', () => {
    const FILTERS: readonly [string, string, readonly string[]][] = [
      ['', '', LIST.map(keyOfCase)],
      ['png', '', ['worker/png-to-jpg', 'worker/to-png']],
      ['PNG jpg', '', ['worker/png-to-jpg']],
      ['archive/', '', ['archive/of-paths']],
      ['  crop ', '', ['worker/crop']],
      ['', 'failed', ['worker/crop', 'worker/width-only']],
      ['', 'not-run', ['worker/png-to-jpg']],
      ['', 'not-runnable', ['worker/unfit']],
      ['crop', 'passed', []],
    ]
    for (const [text, state, expected] of FILTERS) {
      it(`by ${JSON.stringify(text)} and ${JSON.stringify(state)} leaves ${expected.length}`, () => {
        assert.deepEqual(filterCases(LIST, { text, state }).map(keyOfCase), expected)
      })
    }
  })

  it('counts how the cases stand', () => {
    assert.deepEqual(Object.fromEntries(countStandings(LIST)), {
      passed: 1,
      failed: 2,
      'not-run': 1,
      error: 1,
      'not-runnable': 1,
    })
  })

  it('puts the cases of each action together, in their order', () => {
    const groups = Array.from(groupByAction(LIST), ([action, { length }]) => [action, length])
    assert.deepEqual(groups, [
      ['archive', 1],
      ['worker', 5],
    ])
  })

  describe('the way through what failed', () => {
    const WAYS: readonly [string, Record<'previous' | 'next' | 'position', unknown>][] = [
      ['archive/of-paths', { previous: undefined, next: 'worker/crop', position: undefined }],
      ['worker/crop', { previous: undefined, next: 'worker/to-png', position: 1 }],
      [
        'worker/png-to-jpg',
        { previous: 'worker/crop', next: 'worker/to-png', position: undefined },
      ],
      ['worker/to-png', { previous: 'worker/crop', next: 'worker/width-only', position: 2 }],
      ['worker/width-only', { previous: 'worker/to-png', next: undefined, position: 3 }],
      ['worker/none', { previous: undefined, next: 'worker/crop', position: undefined }],
    ]
    for (const [key, expected] of WAYS) {
      it(`from ${key}`, () => {
        const { previous, next, position, total } = badNeighbours(LIST, key)
        assert.equal(total, 3)
        assert.deepEqual(
          { previous: previous && keyOfCase(previous), next: next && keyOfCase(next), position },
          expected,
        )
      })
    }
  })

  describe('a list that was loaded anew', () => {
    it('has the results of the service, also where that has forgotten some', () => {
      const loaded = [testCase('worker/crop'), testCase('worker/to-png', 'passed')]
      assert.deepEqual(takeOver(loaded, LIST, LIST), loaded)
    })

    it('keeps what has come in since it was asked for', () => {
      const now = LIST.map((each) =>
        each === TO_PNG ? { ...each, result: resultOf('passed') } : each,
      )
      const loaded = [testCase('worker/crop', 'failed'), testCase('worker/to-png', 'running')]
      const taken = takeOver(loaded, LIST, now)
      assert.deepEqual(taken.map(standingOf), ['failed', 'passed'])
    })
  })
})
