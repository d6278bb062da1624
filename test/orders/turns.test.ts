import assert from 'node:assert/strict'
import type { Order } from '../../src/orders/order-store.ts'
import { createTurns } from '../../src/orders/turns.ts'

const order = (id: number, door = 'one', worker = 'a', client = 'client'): Order => ({
  id,
  door,
  client,
  worker,
  acceptedAt: 0,
})
const of = (client: string, id: number, worker = 'a') => order(id, 'one', worker, client)

const ELSEWHERE = 'https://elsewhere.test/worker'

const open = () =>
  createTurns({
    siteOf: ({ worker }) => (worker === ELSEWHERE ? 'elsewhere' : 'here'),
    kindOf: ({ worker }) => worker,
  })

/** All may begin, but for those that are named. */
const but = (...workers: string[]) => ({
  hasPlace: () => true,
  mayBegin: ({ worker }: Order) => !workers.includes(worker),
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
    [
      'client by client of a door, however many one has',
      [of('a', 1), of('a', 2), of('a', 3), of('b', 4), of('c', 5), of('b', 6)],
      [1, 4, 5, 2, 6, 3],
    ],
    [
      'door by door before client by client',
      [of('a', 1), of('a', 2), of('b', 3), order(4, 'two'), order(5, 'two')],
      [1, 4, 3, 5, 2],
    ],
    [
      'of a client as those here and those elsewhere take turns',
      [of('a', 1), of('a', 2), of('a', 3, ELSEWHERE), of('a', 4, ELSEWHERE)],
      [1, 3, 2, 4],
    ],
    [
      'of a client the oldest first, of whatever kind',
      [of('a', 1, 'x'), of('a', 2, 'y'), of('a', 3, 'x'), of('a', 4, 'y')],
      [1, 2, 3, 4],
    ],
  ]
  for (const [title, added, expected] of cases) {
    it(`are taken ${title}`, () => {
      const turns = open()
      for (const each of added) turns.add(each)
      assert.equal(turns.count(), added.length)
      const taken = added.map(() => turns.take(but())?.id)
      assert.deepEqual(taken, expected)
      assert.equal(turns.take(but()), undefined)
    })
  }

  it('skip what may not begin, which keeps its place', () => {
    const turns = open()
    turns.add(order(1, 'one', 'busy'))
    turns.add(order(2))
    assert.equal(turns.take(but('busy'))?.id, 2)
    assert.equal(turns.take(but('busy')), undefined)
    assert.equal(turns.take(but())?.id, 1)
  })

  it('pass over a client for whom there is no place, and those of it elsewhere have theirs', () => {
    const turns = open()
    for (const each of [of('a', 1), of('a', 2, ELSEWHERE), of('b', 3)]) turns.add(each)
    const taken = [0, 0, 0].map(
      () =>
        turns.take({
          hasPlace: ({ client, worker }) => client === 'b' || worker === ELSEWHERE,
          mayBegin: () => true,
        })?.id,
    )
    assert.deepEqual(taken, [2, 3, undefined])
    assert.deepEqual([turns.count('one', 'a'), turns.count('one', 'b'), turns.count()], [1, 0, 1])
  })

  it('look at one order of each kind, however many there are', () => {
    const turns = open()
    for (let id = 1; id <= 10_000; id += 1) turns.add(of('a', id, id % 2 === 0 ? 'x' : 'y'))
    let looks = 0
    turns.take({
      hasPlace: () => true,
      mayBegin() {
        looks += 1
        return false
      },
    })
    assert.equal(looks, 2)
  })

  it('forget what is taken out', () => {
    const turns = open()
    turns.add(order(1))
    turns.add(order(2, 'two'))
    assert.deepEqual([...turns.ids()], [1, 2])
    turns.remove(new Set([1, 3]))
    assert.deepEqual([turns.has(1), turns.has(2)], [false, true])
    assert.deepEqual([turns.count('one'), turns.count('two'), turns.count()], [0, 1, 1])
    assert.equal(turns.take(but())?.id, 2)
  })
})
