import assert from 'node:assert/strict'
import { mpeg2Rate } from '../../../src/engine/video/frame-rate.ts'

describe('the rate of a video in MPEG-2', () => {
  const RATES: [rate: number | undefined, fps: number | undefined, made: string | undefined][] = [
    [5, undefined, '25'],
    [10, undefined, '30'],
    [12, undefined, '24'],
    [14.99, undefined, '30000/1001'],
    [7, undefined, '25'],
    [48, undefined, '50'],
    [120, undefined, '60'],
    [undefined, undefined, '30'],
    [25, undefined, undefined],
    [23.98, undefined, undefined],
    [59.94, undefined, undefined],
    [25, 15, '30'],
    [undefined, 60, undefined],
  ]
  for (const [rate, fps, made] of RATES) {
    const asked = fps === undefined ? '' : `, of which ${fps} are asked for`
    it(`is ${made ?? 'what it is'} of ${rate ?? 'unknown'} pictures a second${asked}`, () => {
      assert.equal(mpeg2Rate({ rate }, fps), made)
    })
  }
})
