import assert from 'node:assert/strict'
import { parseLookBack } from '../../../src/doors/asset-compute/journal-routes.ts'

describe('parseLookBack', () => {
  const HOUR_MS = 3_600_000
  const durations: [text: string, ms: number | undefined][] = [
    ['-PT2H', 2 * HOUR_MS],
    ['-PT30M', HOUR_MS / 2],
    ['-PT1.5S', 1500],
    ['-PT0S', 0],
    ['-P1D', 24 * HOUR_MS],
    ['-P1W', 7 * 24 * HOUR_MS],
    ['-P1DT1H1M1S', 25 * HOUR_MS + 61_000],
    ['PT2H', undefined],
    ['+PT2H', undefined],
    ['-2H', undefined],
    ['-P', undefined],
    ['-PT', undefined],
    ['-P1Y', undefined],
    ['-PT-1H', undefined],
    ['-PT1H ', undefined],
    ['2 hours', undefined],
    ['', undefined],
  ]
  for (const [text, ms] of durations) {
    it(`reads ${JSON.stringify(text)} as ${ms === undefined ? 'no duration back' : `${ms} ms`}`, () => {
      assert.equal(parseLookBack(text), ms)
    })
  }
})
