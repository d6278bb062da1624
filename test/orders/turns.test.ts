import assert from 'node:assert/strict'
import type { Order } from '../../src/orders/order-store.ts'
import { createTurns } from '../../src/orders/turns.ts'

const order = (id: number, door = 'one', worker = 'a'): Order => ({
  id,
  door,
  worker,
  acceptedAt: 0,
})

describe('the turns of orders', () => {
  const cases: [title: string, added: Order[], expected: number[]][] = [
    ['the oldest first', [order(1), order(2), order(3)], [1, 2, 3]],
    ['the oldest first, whatever is put back later', [order(2), order(3), order(1)], [1, 2, 3]],
    [
      'door by door, however many wait at one',
      [order(1), order(2), order(3), order(4), order(5, 'two'), order(6, 'two')],
      [1, 5, 2, 6, 3, 4],
    ],
    [
      'door by door among three',
      [order(1), order(2), order(3, 'two'), order(4, 'three'), order(5, 'two')],
      [1, 3, 4, 2, 5],
    ],
  ]
  for (const [title, added, expected] of cases) {
    it(`are taken ${title}`, () => {
      const turns = createTurns()
      for (const each of added) turns.add(each)
      assert.equal(turns.count(), added.length)
      const taken = added.map(() => turns.take(() => true)?.id)
      assert.deepEqual(taken, expected)
      assert.equal(
        turns.take(() => true),
        undefined,
      )
    })
  }

  it('skip what may not begin, which keeps its place', () => {
    const turns = createTurns()
    turns.add(order(1, 'one', 'busy'))
    turns.add(order(2))
    assert.equal(turns.take(({ worker }) => worker !== 'busy')?.id, 2)
    assert.equal(
      turns.take(({ worker }) => worker !== 'busy'),
      undefined,
    )
    assert.equal(turns.take(() => true)?.id, 1)
  })

  it('forget what is taken out', () => {
    const turns = createTurns()
    turns.add(order(1))
    turns.add(order(2, 'two'))
    assert.equal(turns.remove(1), true)
    assert.equal(turns.remove(1), false)
    assert.deepEqual([turns.count('one'), turns.count('two'), turns.count()], [0, 1, 1])
    assert.equal(turns.take(() => true)?.id, 2)
  })
})
