import assert from 'node:assert/strict'
import { repeatable } from '../../../bench/capacity/day.ts'
import { type Arrival, simulate } from '../../../bench/capacity/simulate.ts'

describe('a simulated day', () => {
  it('has nobody wait where a processor is free', () => {
    const { waits, busy, end } = simulate(
      [
        { at: 0, work: 4 },
        { at: 1, work: 4 },
      ],
      2,
    )
    assert.deepEqual(Array.from(waits), [0, 0])
    assert.deepEqual({ busy, end }, { busy: 0.8, end: 5 })
  })

  it('has those who come wait for the processor that is free first', () => {
    const arrivals = [
      { at: 0, work: 10 },
      { at: 0, work: 2 },
      { at: 1, work: 3 },
      { at: 1, work: 1 },
      { at: 9, work: 1 },
    ]
    assert.deepEqual(Array.from(simulate(arrivals, 2).waits), [0, 0, 1, 4, 0])
  })

  it('is over at once where nothing comes', () => {
    assert.deepEqual(simulate([], 3), { waits: new Float64Array(), busy: 0, end: 0 })
  })

  const loads: [processors: number, load: number][] = [
    [1, 0.5],
    [1, 0.9],
    [4, 0.7],
    [16, 0.9],
  ]
  for (const [processors, load] of loads) {
    it(`has them wait as Erlang's formula says, with ${processors} at ${load * 100} %`, () => {
      const { waits } = simulate(randomArrivals(600_000, processors * load), processors)
      const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length
      const expected = meanWait(processors, load)
      assert.ok(Math.abs(mean / expected - 1) < 0.1, `${mean} in place of ${expected}`)
    })
  }
})

/** Arrivals that are independent of each other, so many a second, and take a second each on average, likewise at random. */
function randomArrivals(count: number, aSecond: number): Arrival[] {
  const random = repeatable(7)
  let at = 0
  return Array.from({ length: count }, () => {
    at -= Math.log(1 - random()) / aSecond
    return { at, work: -Math.log(1 - random()) }
  })
}

/** The mean wait of such arrivals, in seconds, by Erlang's formula C. */
function meanWait(processors: number, load: number): number {
  const offered = processors * load
  let term = 1
  let sum = 1
  for (let count = 1; count < processors; count += 1) {
    term *= offered / count
    sum += term
  }
  const all = (term * offered) / processors / (1 - load)
  return all / (sum + all) / (processors * (1 - load))
}
