import assert from 'node:assert/strict'
import { readWholeNumber } from '../../src/http/read-request.ts'

describe('a whole number in a query', () => {
  const options = { otherwise: 30, min: 1, max: 200 }

  it('is what it says, or else what is assumed', () => {
    assert.equal(readWholeNumber({ limit: '1' }, 'limit', options), 1)
    assert.equal(readWholeNumber({ limit: '200' }, 'limit', options), 200)
    assert.equal(readWholeNumber({ skip: '5' }, 'limit', options), 30)
  })

  it('is from 0 to the largest exact one unless something else is said', () => {
    const max = Number.MAX_SAFE_INTEGER
    assert.equal(readWholeNumber({ since: '0' }, 'since', { otherwise: 5 }), 0)
    assert.equal(readWholeNumber({ since: String(max) }, 'since', { otherwise: 5 }), max)
    assert.throws(() => readWholeNumber({ since: `${max}0` }, 'since', { otherwise: 5 }), {
      code: 'invalid',
      message: `since must be a whole number from 0 to ${max}, but it is "${max}0".`,
    })
  })

  for (const text of ['', '0', '201', '-1', '1.5', '1e2', ' 1', 'x'.repeat(100)]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.throws(() => readWholeNumber({ limit: text }, 'limit', options), {
        code: 'invalid',
        status: 400,
        message: `limit must be a whole number from 1 to 200, but it is ${JSON.stringify(text.slice(0, 60))}.`,
      })
    })
  }
})
