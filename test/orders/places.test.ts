import assert from 'node:assert/strict'
import type { Order } from '../../src/orders/order-store.ts'
import { createPlaces } from '../../src/orders/places.ts'

const HERE = 'package/worker'
const ELSEWHERE = 'https://worker.test/one'
const ANOTHER = 'https://worker.test/two'

let ids = 0
const orderOf = (client: string, worker = HERE, door = 'door'): Order => ({
  id: ids++,
  door,
  client,
  worker,
  acceptedAt: 0,
})

const PLATFORM = 'platform/worker'
const ofPlatform = (): Order => orderOf('a', PLATFORM)

describe('the places of orders', () => {
  const cases: [
    title: string,
    taken: [count: number, order: () => Order][],
    order: () => Order,
    may: boolean,
  ][] = [
    ['here are 16', [[15, () => orderOf('a')]], () => orderOf('a'), true],
    ['here are 16 for one client', [[16, () => orderOf('a')]], () => orderOf('a'), false],
    [
      'are there for a client when another has all of them',
      [[16, () => orderOf('a')]],
      () => orderOf('b'),
      true,
    ],
    [
      'of one door are not those of the same name of another',
      [[16, () => orderOf('a')]],
      () => orderOf('a', HERE, 'other'),
      true,
    ],
    [
      'here are not taken by custom workers',
      [
        [16, () => orderOf('a', ELSEWHERE)],
        [16, () => orderOf('a', ANOTHER)],
      ],
      () => orderOf('a'),
      true,
    ],
    [
      'of one custom worker are 16',
      [[16, () => orderOf('a', ELSEWHERE)]],
      () => orderOf('a', ELSEWHERE),
      false,
    ],
    [
      'of one custom worker that is silent are not those of another',
      [[16, () => orderOf('a', ELSEWHERE)]],
      () => orderOf('a', ANOTHER),
      true,
    ],
    [
      'of one custom worker are shared by clients, too',
      [[16, () => orderOf('a', ELSEWHERE)]],
      () => orderOf('b', ELSEWHERE),
      true,
    ],
    [
      'elsewhere are 32 for one client, however many workers there are',
      [
        [16, () => orderOf('a', ELSEWHERE)],
        [16, () => orderOf('a', ANOTHER)],
      ],
      () => orderOf('a', 'https://worker.test/three'),
      false,
    ],
  ]
  for (const [title, taken, order, may] of cases) {
    it(title, () => {
      const places = createPlaces()
      for (const [count, take] of taken) {
        for (let n = 0; n < count; n += 1) places.take(take())
      }
      const next = order()
      assert.equal(places.areFree(next) && places.hasOneFor(next), may)
    })
  }

  it('are left once, however often that is told', () => {
    const places = createPlaces()
    const leaves = Array.from({ length: 16 }, () => places.take(orderOf('a', ELSEWHERE)))
    const next = orderOf('a', ELSEWHERE)
    leaves[0]?.()
    leaves[0]?.()
    assert.ok(places.hasOneFor(next))
    places.take(next)
    assert.ok(!places.hasOneFor(orderOf('a', ELSEWHERE)))
    for (const leave of leaves) leave()
    assert.ok(places.hasOneFor(orderOf('a', ELSEWHERE)))
  })

  it('of platforms and of custom workers are divided among front ends, those here are not', () => {
    let frontEnds = 3
    const places = createPlaces(
      ({ worker }) => (worker === PLATFORM ? 'a platform' : undefined),
      () => frontEnds,
    )
    /** How many more a client gets. */
    function fill(next: () => Order): number {
      let count = 0
      for (; places.areFree(next()) && places.hasOneFor(next()); count += 1) places.take(next())
      return count
    }
    assert.deepEqual(
      [fill(ofPlatform), fill(() => orderOf('a', ELSEWHERE)), fill(() => orderOf('a'))],
      [13, 5, 16],
    )
    frontEnds = 2
    assert.deepEqual([fill(ofPlatform), fill(() => orderOf('a'))], [7, 0])
  })
})
