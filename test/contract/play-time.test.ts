import assert from 'node:assert/strict'
import { momentSchema, playTimeSchema, toMoment, toSeconds } from '../../src/contract/play-time.ts'

describe('a time', () => {
  const TIMES: [time: number | string, seconds: number][] = [
    [0, 0],
    [12.5, 12.5],
    ['12.5', 12.5],
    ['1:30', 90],
    ['00:01:30.25', 90.25],
    ['1:00:00', 3600],
  ]
  for (const [time, seconds] of TIMES) {
    it(`is ${seconds} seconds for ${JSON.stringify(time)}`, () => {
      assert.equal(toSeconds(playTimeSchema.parse(time)), seconds)
    })
  }

  for (const wrong of [-1, '-1', 'x', '1:2:3:4', '50%', '', true, Number.POSITIVE_INFINITY]) {
    it(`is not ${JSON.stringify(wrong)}`, () => {
      assert.equal(playTimeSchema.safeParse(wrong).success, false)
    })
  }

  it('of a picture may be a share as well, up to all of it', () => {
    assert.deepEqual(toMoment(momentSchema.parse('50%')), { share: 0.5 })
    assert.deepEqual(toMoment(momentSchema.parse('1:30')), { seconds: 90 })
    assert.deepEqual(toMoment(momentSchema.parse(3)), { seconds: 3 })
    assert.equal(momentSchema.safeParse('101%').success, false)
  })
})
