import assert from 'node:assert/strict'
import { share } from '../../bench/images/sharing.ts'
import { takeTurns } from '../../bench/images/turns.ts'

describe('share', () => {
  it('gives every item to one worker, the next one to who is free', async () => {
    const done: string[] = []
    const first = Promise.withResolvers<void>()
    await share([1, 2, 3, 4], ['slow', 'quick'], async (item, worker) => {
      if (worker === 'slow') await first.promise
      done.push(`${worker} ${item}`)
      if (item === 4) first.resolve()
    })
    assert.deepEqual(done, ['quick 2', 'quick 3', 'quick 4', 'slow 1'])
  })

  it('fails when a worker does', async () => {
    await assert.rejects(
      share([1], ['only'], async () => {
        throw new Error('broken')
      }),
      /broken/,
    )
  })
})

describe('takeTurns', () => {
  it('begins each round with another one, and spares who wants fewer rounds', async () => {
    const turns: string[] = []
    const player = (name: string, rounds: number) => ({
      rounds,
      run: async () => {
        turns.push(name)
        return { ms: turns.length }
      },
    })
    const costs = await takeTurns(
      new Map([
        ['a', player('a', 4)],
        ['b', player('b', 4)],
        ['c', player('c', 2)],
      ]),
    )
    assert.deepEqual(turns, ['a', 'b', 'c', 'b', 'a', 'c', 'a', 'b', 'a', 'b'])
    assert.deepEqual(costs.get('c'), [{ ms: 3 }, { ms: 6 }])
    assert.equal(costs.get('a')?.length, 4)
  })
})
