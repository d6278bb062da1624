import assert from 'node:assert/strict'
import { createShares } from '../../src/tasks/shares.ts'

describe('places that clients share', () => {
  const cases: [
    title: string,
    options: { places: number; most?: number },
    begun: string,
    next: Record<string, boolean>,
  ][] = [
    ['go to anybody while some are free', { places: 4 }, 'aaa', { a: true, b: true }],
    ['may all be had by one', { places: 2 }, 'a', { a: true }],
    ['have no room for more of who has all', { places: 2 }, 'aa', { a: false, b: true }],
    [
      'have room beyond for half of them by a second',
      { places: 4 },
      'aaaab',
      { a: false, b: true },
    ],
    [
      'have no more for a second than half',
      { places: 4 },
      'aaaabb',
      { a: false, b: false, c: true },
    ],
    [
      'are divided among all who have some',
      { places: 6 },
      'aaaaaabbc',
      { a: false, b: false, c: true, d: true },
    ],
    ['have one at least for each', { places: 2 }, 'aab', { b: false, c: true }],
    ['are twice as many at most', { places: 2 }, 'aabc', { d: false }],
    ['are as many at most as is said', { places: 1, most: 1 }, 'a', { b: false }],
  ]
  for (const [title, options, begun, next] of cases) {
    it(title, () => {
      const shares = createShares(options)
      for (const client of begun) shares.begin(client)
      const may = Object.keys(next).map((client) => [client, shares.mayBegin(client)])
      assert.deepEqual(Object.fromEntries(may), next)
    })
  }

  it('come back to their share when what is beyond it has ended', () => {
    const shares = createShares({ places: 2 })
    const [first, second] = [shares.begin('a'), shares.begin('a')]
    shares.begin('b')
    first()
    first()
    assert.equal(shares.mayBegin('a'), false)
    second()
    assert.equal(shares.mayBegin('a'), true)
  })
})
