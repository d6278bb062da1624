import assert from 'node:assert/strict'
import { Hono } from 'hono'
import { readText, readWholeNumber } from '../../src/http/read-request.ts'

describe('a body that is read as a whole', () => {
  it('comes in time', async () => {
    assert.equal(await readBody(), 'all of it')
  })

  it('is refused when it takes longer than it may', async () => {
    await assert.rejects(readBody(-1), {
      code: 'too_slow',
      status: 408,
      message: 'The body took longer than 0 seconds, the most it may.',
    })
  })
})

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

/** Sends a body to a door that reads it within so many milliseconds. */
async function readBody(longestMs?: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const app = new Hono().post('/', async (c) => {
    const options = { mostBytes: 10, ...(longestMs !== undefined && { longestMs }) }
    await readText(c, options).then(resolve, reject)
    return c.text('')
  })
  await app.request('/', { method: 'POST', body: 'all of it' })
  return promise
}
