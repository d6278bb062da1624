import { type Arrival, BUSIEST_HOUR } from './day.ts'
import { work } from './queue.ts'

const DAY_S = 24 * 60 * 60

/** So many machines and no more are tried. */
const MOST_MACHINES = 1000

/** What an instance of some machines comes to. */
export interface Size {
  readonly machines: number
  /** Of the day, and of its busiest hour, from 0; above 1 more arrives than can be done. */
  readonly load: number
  readonly busiestLoad: number
  /** How long assets wait for a processor, in seconds: half of them at most, 95 and 99 of 100, and the one that waits longest. */
  readonly waits: readonly [half: number, most: number, nearlyAll: number, longest: number]
  /** For a day, and for a thousand assets. */
  readonly cost: number
  readonly costOfThousand: number
}

/** What is asked of an instance. */
export interface Wish {
  readonly cores: number
  /** How long 95 of 100 assets may wait, in seconds. */
  readonly wait: number
  /** Of a machine, an hour. */
  readonly price: number
}

/** What so many machines come to on a day. */
export function sizeOf(arrivals: readonly Arrival[], machines: number, wish: Wish): Size {
  const { cores, price } = wish
  const { waits } = work(arrivals, machines * cores)
  waits.sort()
  const needed = arrivals.reduce((sum, { seconds }) => sum + seconds, 0)
  const load = needed / (machines * cores * DAY_S)
  const cost = machines * price * 24
  const at = (share: number): number =>
    waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0
  return {
    machines,
    load,
    busiestLoad: load * BUSIEST_HOUR * 24,
    waits: [at(0.5), at(0.95), at(0.99), at(1)],
    cost,
    costOfThousand: (cost / arrivals.length) * 1000,
  }
}

/**
 * Finds the fewest machines with which 95 of 100 assets wait no longer than is wished; with those beside them.
 *
 * @throws {Error} one sentence when no number of machines does
 */
export function findSizes(arrivals: readonly Arrival[], wish: Wish): readonly Size[] {
  const fits = (machines: number): boolean => sizeOf(arrivals, machines, wish).waits[1] <= wish.wait
  // Doubled until it is enough, and then halved between.
  let enough = 1
  while (!fits(enough)) {
    if (enough >= MOST_MACHINES) {
      throw new Error(
        `Not even ${enough} machines have 95 of 100 assets wait for ${wish.wait} seconds at most.`,
      )
    }
    enough *= 2
  }
  let tooFew = Math.floor(enough / 2)
  while (enough - tooFew > 1) {
    const middle = Math.floor((enough + tooFew) / 2)
    if (fits(middle)) enough = middle
    else tooFew = middle
  }
  const shown = [enough - 2, enough - 1, enough, enough + 1, enough + 2, enough * 2]
  return [...new Set(shown)]
    .filter((machines) => machines > 0)
    .map((machines) => sizeOf(arrivals, machines, wish))
}
