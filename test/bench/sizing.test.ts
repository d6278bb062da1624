import assert from 'node:assert/strict'
import { type Arrival, makeDay } from '../../bench/sizing/day.ts'
import { KINDS, SPREAD } from '../../bench/sizing/kinds.ts'
import { work } from '../../bench/sizing/queue.ts'
import { createRandom } from '../../bench/sizing/random.ts'
import { findSizes, sizeOf } from '../../bench/sizing/sizes.ts'

const mean = (values: Iterable<number>): number => {
  let sum = 0
  let count = 0
  for (const value of values) {
    sum += value
    count += 1
  }
  return sum / count
}

/** That two numbers are as near as chance lets them be. */
const near = (actual: number, expected: number, share: number): void =>
  assert.ok(Math.abs(actual - expected) <= share * expected, `${actual} is not near ${expected}`)

/** How long who arrives has to wait on the average, in times of what one takes: what Erlang found for arrivals and times by chance. */
function waitByErlang(processors: number, load: number): number {
  let blocked = 1
  for (let each = 1; each <= processors; each += 1) {
    blocked = (load * processors * blocked) / (each + load * processors * blocked)
  }
  const waits = blocked / (1 - load * (1 - blocked))
  return waits / (processors * (1 - load))
}

describe('the model of a day', () => {
  const queues: [processors: number, load: number][] = [
    [1, 0.5],
    [2, 0.8],
    [8, 0.9],
  ]
  for (const [processors, load] of queues) {
    it(`has ${processors} processors of which ${load * 100} % are busy let wait as long as the theory says`, () => {
      const random = createRandom(7)
      let at = 0
      const arrivals = Array.from({ length: 400_000 }, () => {
        at += random.exponential(1 / (load * processors))
        return { at, seconds: random.exponential(1) }
      })
      const { waits, load: measured } = work(arrivals, processors)
      near(mean(waits), waitByErlang(processors, load), 0.06)
      near(measured, load, 0.01)
    })
  }

  it('has who comes first begin first, with whichever processor is free', () => {
    const arrivals: Arrival[] = [
      { at: 0, seconds: 10 },
      { at: 1, seconds: 2 },
      { at: 2, seconds: 5 },
      { at: 3, seconds: 1 },
      { at: 20, seconds: 1 },
    ]
    const { waits, end } = work(arrivals, 2)
    assert.deepEqual([[...waits], end], [[0, 0, 1, 5, 0], 21])
  })

  it('brings as many assets as it is told, in order, most of them while people work', () => {
    const arrivals = makeDay({
      assets: 100_000,
      kinds: KINDS,
      spread: SPREAD,
      random: createRandom(1),
    })
    assert.equal(arrivals.length, 100_000)
    assert.ok(arrivals.every(({ at }, index) => at >= (arrivals[index - 1]?.at ?? 0)))
    const expected = KINDS.reduce((sum, { share, seconds }) => sum + share * seconds, 0)
    near(mean(arrivals.map(({ seconds }) => seconds)), expected, 0.05)
    const atWork = arrivals.filter(({ at }) => at >= 7 * 3600 && at < 18 * 3600)
    assert.ok(atWork.length > 0.7 * arrivals.length)
  })

  it('is the same each time', () => {
    const [first, second] = [1, 1].map((seed) =>
      makeDay({ assets: 100, kinds: KINDS, spread: SPREAD, random: createRandom(seed) }),
    )
    assert.deepEqual(first, second)
  })

  it('has kinds that are all there is', () => {
    near(
      KINDS.reduce((sum, { share }) => sum + share, 0),
      1,
      1e-9,
    )
  })

  it('finds the fewest machines that are enough', () => {
    const arrivals = makeDay({
      assets: 200_000,
      kinds: KINDS,
      spread: SPREAD,
      random: createRandom(1),
    })
    const wish = { cores: 4, wait: 10, price: 0.5 }
    const sizes = findSizes(arrivals, wish)
    const enough = sizes.find(({ waits }) => waits[1] <= wish.wait)
    assert.ok(enough)
    assert.ok(sizeOf(arrivals, enough.machines - 1, wish).waits[1] > wish.wait)
    assert.equal(enough.cost, enough.machines * 12)
    near(enough.costOfThousand, enough.cost / 200, 1e-9)
  })

  it('says so when nothing is enough', () => {
    const arrivals = Array.from({ length: 100_000 }, () => ({ at: 0, seconds: 100 }))
    assert.throws(() => findSizes(arrivals, { cores: 1, wait: 1, price: 1 }), {
      message: 'Not even 1024 machines have 95 of 100 assets wait for 1 seconds at most.',
    })
  })
})
