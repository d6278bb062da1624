import assert from 'node:assert/strict'
import { Unprepared, withPrepared } from '../../../src/doors/scene7/serving/unprepared.ts'

describe('what has to be made before an answer', () => {
  const { signal } = new AbortController()

  /** Answers once so many things were prepared, each when it is found to be missing. */
  async function answerAfter(missing: number) {
    let prepared = 0
    const answer = await withPrepared(signal, () => {
      if (prepared === missing) return `after ${prepared}`
      throw new Unprepared('a thing', async () => {
        prepared += 1
      })
    })
    return answer
  }

  for (const missing of [0, 1, 3, 100]) {
    it(`is made, one after the other: ${missing}`, async () => {
      assert.equal(await answerAfter(missing), `after ${missing}`)
    })
  }

  it('is refused with a sentence when it is too much', async () => {
    await assert.rejects(answerAfter(101), {
      name: 'RequestError',
      message: /more than 100 assets would have to be made first/,
    })
  })

  it('fails the answer when it cannot be made, and so does whatever else is wrong', async () => {
    const broken = new Unprepared('a thing', async () => {
      throw new Error('it is broken')
    })
    for (const [thrown, message] of [
      [broken, 'it is broken'],
      [new Error('no answer'), 'no answer'],
    ] as const) {
      const answer = withPrepared(signal, () => {
        throw thrown
      })
      await assert.rejects(answer, { message })
    }
  })
})
