import { type Demand, makeDay, repeatable } from './day.ts'
import { simulate } from './simulate.ts'

/** What so many machines do in a day. */
export interface Plan {
  readonly machines: number
  /** The share of all hours in which the processors are at work, from 0 to 1. */
  readonly busy: number
  /** How long half, 95 and 99 of 100 assets wait at most, and the one that waits longest, in seconds. */
  readonly waits: readonly [half: number, most: number, nearlyAll: number, longest: number]
}

const SHARES = [0.5, 0.95, 0.99, 1] as const

/**
 * Finds how many machines it takes until 95 of 100 assets wait no longer than wanted.
 *
 * @param options.cores - of a machine
 * @param options.wait - in seconds
 * @returns the fewest that do, after those with fewer that are busy with it for a day at least
 */
export function planDay(demand: Demand, options: { cores: number; wait: number }): Plan[] {
  const arrivals = makeDay(demand, repeatable())
  const work = arrivals.reduce((sum, arrival) => sum + arrival.work, 0)
  const plans: Plan[] = []
  for (let machines = Math.max(1, Math.ceil(work / DAY / options.cores)); ; machines += 1) {
    const { waits, busy } = simulate(arrivals, machines * options.cores)
    const sorted = waits.toSorted()
    const [half, most, nearlyAll, longest] = SHARES.map((share) => quantileOf(sorted, share))
    plans.push({ machines, busy, waits: [half ?? 0, most ?? 0, nearlyAll ?? 0, longest ?? 0] })
    if ((most ?? 0) <= options.wait) return plans
  }
}

const DAY = 24 * 3600

function quantileOf(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
