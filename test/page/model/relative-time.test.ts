import assert from 'node:assert/strict'
import { relativeTime } from '../../../page/model/relative-time.ts'

const NOW = Date.UTC(2026, 10, 30, 12)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('How long ago something was', () => {
  for (const [ago, expected] of [
    [-5 * MINUTE, 'just now'],
    [0, 'just now'],
    [MINUTE - 1, 'just now'],
    [MINUTE, '1 minute ago'],
    [HOUR - 1, '59 minutes ago'],
    [HOUR, '1 hour ago'],
    [DAY, 'yesterday'],
    [6 * DAY, '6 days ago'],
    [7 * DAY, 'Nov 23, 2026'],
  ] as const) {
    it(`is "${expected}" after ${ago} ms`, () => {
      assert.equal(relativeTime(NOW - ago, NOW), expected)
    })
  }
})
