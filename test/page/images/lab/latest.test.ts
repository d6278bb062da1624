import assert from 'node:assert/strict'
import { createLatest } from '../../../../page/images/lab/latest.ts'

/** A clock that is moved by hand, and questions that are answered by hand. */
function bench() {
  const waiting: (() => void)[] = []
  const asked: { input: string; signal: AbortSignal; answer: (output: string) => void }[] = []
  const done: string[] = []
  const latest = createLatest<string, string>({
    later(then) {
      waiting.push(then)
      return () => {
        waiting.splice(waiting.indexOf(then), 1)
      }
    },
    run(input, signal) {
      const { promise, resolve } = Promise.withResolvers<string>()
      asked.push({ input, signal, answer: resolve })
      return promise
    },
    done: (output) => done.push(output),
  })
  const pass = (): void => {
    for (const then of waiting.splice(0)) then()
  }
  return { latest, asked, done, pass }
}

describe('The latest of several questions', () => {
  it('is asked when nothing else was for a moment', () => {
    const { latest, asked, pass } = bench()
    latest.ask('a')
    latest.ask('b')
    assert.equal(asked.length, 0)
    pass()
    assert.deepEqual(
      asked.map(({ input }) => input),
      ['b'],
    )
  })

  it('wins, however late the answer to one before it comes, which is aborted', async () => {
    const { latest, asked, done, pass } = bench()
    latest.ask('a')
    pass()
    latest.ask('b')
    pass()
    const [first, second] = asked
    assert.deepEqual([first?.signal.aborted, second?.signal.aborted], [true, false])
    second?.answer('of b')
    first?.answer('of a')
    await Promise.resolve()
    await Promise.resolve()
    assert.deepEqual(done, ['of b'])
  })

  it('is not answered when it was given up', async () => {
    const { latest, asked, done, pass } = bench()
    latest.ask('a')
    pass()
    latest.stop()
    asked[0]?.answer('of a')
    await Promise.resolve()
    await Promise.resolve()
    assert.deepEqual(done, [])
    assert.equal(asked[0]?.signal.aborted, true)
  })
})
