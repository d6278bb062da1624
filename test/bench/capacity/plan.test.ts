import assert from 'node:assert/strict'
import { type Demand, makeDay, repeatable } from '../../../bench/capacity/day.ts'
import { KINDS } from '../../../bench/capacity/kinds.ts'
import { planDay } from '../../../bench/capacity/plan.ts'
import type { Arrival } from '../../../bench/capacity/simulate.ts'

const DEMAND: Demand = {
  assets: 50_000,
  batch: 20,
  mix: KINDS.map((kind) => [kind, kind.share]),
}

describe('a day of uploads', () => {
  const arrivals = makeDay(DEMAND, repeatable())

  it('has as many as are demanded, in their order', () => {
    assert.equal(arrivals.length, DEMAND.assets)
    const times = arrivals.map(({ at }) => at)
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other),
    )
  })

  it('has the kinds by their shares', () => {
    for (const { share, coreSeconds, name } of KINDS) {
      const found = arrivals.filter(({ work }) => work === coreSeconds).length / arrivals.length
      assert.ok(Math.abs(found - share) < 0.02, `${name}: ${found}`)
    }
  })

  it('has a tenth in its busiest hour, and next to nothing by night', () => {
    assert.ok(Math.abs(shareWithin(arrivals, 10, 11) - 0.1) < 0.02)
    assert.ok(shareWithin(arrivals, 0, 5) < 0.08)
  })

  it('comes in batches, each at the pace of a connection', () => {
    const alone = makeDay({ ...DEMAND, assets: 2000, batch: 1 }, repeatable())
    const batches = makeDay({ ...DEMAND, assets: 2000, batch: 100 }, repeatable())
    assert.ok(halves(alone) < 10)
    assert.ok(halves(batches) > 500)
  })
})

/** The share of a day that comes from one hour until another. */
function shareWithin(arrivals: readonly Arrival[], from: number, to: number): number {
  return arrivals.filter(({ at }) => at >= from * 3600 && at < to * 3600).length / arrivals.length
}

/** How many come half a second after another. */
function halves(arrivals: readonly Arrival[]): number {
  return arrivals.filter(({ at }, index) => {
    const before = arrivals[index - 1]?.at ?? 0
    return Math.abs(at - before - 0.5) < 1e-6
  }).length
}

describe('a plan of machines', () => {
  it('ends with the fewest whose waits are as short as wanted', () => {
    const plans = planDay({ ...DEMAND, assets: 400_000 }, { cores: 1, wait: 30 })
    const within = plans.map(({ waits: [, most] }) => most <= 30)
    assert.ok(plans.length > 1)
    assert.deepEqual(
      within,
      plans.map((_, index) => index === plans.length - 1),
    )
  })

  it('has no fewer machines than the work of a day takes', () => {
    const [first] = planDay({ ...DEMAND, assets: 400_000 }, { cores: 1, wait: 1e9 })
    assert.ok(first && first.busy <= 1)
  })

  it('has everybody wait less with every machine', () => {
    const plans = planDay({ ...DEMAND, assets: 400_000 }, { cores: 1, wait: 1 })
    const longest = plans.map(({ waits: [, , , most] }) => most)
    assert.deepEqual(
      longest,
      longest.toSorted((one, other) => other - one),
    )
  })
})
