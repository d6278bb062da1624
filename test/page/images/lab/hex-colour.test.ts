import assert from 'node:assert/strict'
import { hexOf } from '../../../../page/images/lab/hex-colour.ts'

describe('A colour of a request in the lab', () => {
  const CASES: readonly (readonly [written: string, shown: string])[] = [
    ['ff8000', '#ff8000'],
    ['FF800080', '#ff8000'],
    ['255,128,0', '#ff8000'],
    ['50g', '#808080'],
    ['100,0,0,0k', '#00ffff'],
    ['0,0,0,100k', '#000000'],
    ['', '#000000'],
    ['red', '#000000'],
  ]
  for (const [written, shown] of CASES) {
    it(`is shown as ${shown} when it is written ${written === '' ? 'as nothing' : written}`, () => {
      assert.equal(hexOf(written), shown)
    })
  }
})
