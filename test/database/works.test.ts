import assert from 'node:assert/strict'
import { createWorks } from '../../src/database/works.ts'

const IN_THE_WAY = new Error('in the way')

describe('works that may be in each other’s way', () => {
  const clock = { ms: 0 }
  const create = () =>
    createWorks({
      most: 4,
      isInTheWay: (error) => error === IN_THE_WAY,
      longestMs: 1000,
      elapsed: () => clock.ms,
    })

  /** Runs so many at once, each of which fails as often as told first; @returns the most that ran at a time, after the first failure */
  async function runAll(failures: readonly number[]): Promise<{ most: number; ran: number[] }> {
    const works = create()
    const ran: number[] = []
    let running = 0
    let most = 0
    await Promise.all(
      failures.map((times, index) => {
        let left = times
        return works.run(async () => {
          ran.push(index)
          running += 1
          most = Math.max(most, running)
          await new Promise(setImmediate)
          running -= 1
          left -= 1
          if (left >= 0) throw IN_THE_WAY
        })
      }),
    )
    return { most, ran }
  }

  it('run several at a time, the oldest first', async () => {
    const { most, ran } = await runAll([0, 0, 0, 0, 0, 0, 0])
    assert.equal(most, 4)
    assert.deepEqual(ran, [0, 1, 2, 3, 4, 5, 6])
  })

  it('are run again until nobody is in the way, before those who have only begun to wait', async () => {
    const { ran } = await runAll([3, 3, 3, 3, 0, 0])
    assert.equal(ran.length, 18)
    assert.deepEqual(ran.slice(-2), [4, 5])
  })

  it('run one at a time when they are in each other’s way, and several again when they are not', async () => {
    const works = create()
    let running = 0
    let most = 0
    const run = (fails: boolean) => {
      let left = fails ? 2 : 0
      return works.run(async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise(setImmediate)
        running -= 1
        left -= 1
        if (left >= 0) throw IN_THE_WAY
      })
    }
    await run(true)
    most = 0
    await Promise.all(Array.from({ length: 8 }, () => run(false)))
    assert.equal(most, 1)
    await Promise.all(Array.from({ length: 40 }, () => run(false)))
    most = 0
    await Promise.all(Array.from({ length: 8 }, () => run(false)))
    assert.equal(most, 4)
  })

  it('are given up after a while', async () => {
    const works = create()
    let times = 0
    const never = works.run(async () => {
      times += 1
      clock.ms += 400
      throw IN_THE_WAY
    })
    await assert.rejects(never, IN_THE_WAY)
    assert.equal(times, 3)
    assert.equal(await works.run(async () => 'next'), 'next')
  })

  it('are not run again when something else was wrong', async () => {
    let times = 0
    const failing = create().run(async () => {
      times += 1
      throw new Error('wrong')
    })
    await assert.rejects(failing, /wrong/)
    assert.equal(times, 1)
  })
})
