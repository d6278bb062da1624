import type { Kind } from './kinds.ts'
import type { Arrival } from './simulate.ts'

/**
 * The share of a day's uploads in each of its hours, in hundredths: the offices of one part of the world, with a lunch break and what
 * comes by night from machines.
 */
const HOURS = [1, 1, 1, 1, 1, 1, 2, 4, 7, 9, 10, 9, 6, 8, 10, 9, 7, 4, 2, 2, 2, 1, 1, 1] as const

/** How many come of what, and how. */
export interface Demand {
  readonly assets: number
  /** How many people upload at once, on average. */
  readonly batch: number
  /** The kinds of assets, with the share of each; together they are everything. */
  readonly mix: readonly (readonly [kind: Kind, share: number])[]
}

/** As many files of a batch come in a second as a connection of an office uploads. */
const UPLOADS_A_SECOND = 2

const HOUR = 3600

/**
 * Makes a day of uploads: in each hour batches come independently of each other, of a size that varies as widely as it can (geometrically),
 * and the files of a batch one after the other.
 *
 * @param random - numbers from 0 up to 1
 * @returns as many as are demanded, in the order in which they come
 */
export function makeDay({ assets, batch, mix }: Demand, random: () => number): Arrival[] {
  const all = HOURS.reduce<number>((sum, share) => sum + share, 0)
  const arrivals: Arrival[] = []
  while (arrivals.length < assets) {
    const start = (hourOf(random() * all) + random()) * HOUR
    const size = Math.min(geometric(batch, random()), assets - arrivals.length)
    for (let file = 0; file < size; file += 1) {
      const { coreSeconds } = kindOf(mix, random())
      arrivals.push({ at: start + file / UPLOADS_A_SECOND, work: coreSeconds })
    }
  }
  return arrivals.toSorted((one, other) => one.at - other.at)
}

function hourOf(share: number): number {
  let rest = share
  return HOURS.findIndex((hour) => (rest -= hour) < 0)
}

/** A number from 1 up whose mean is given. */
function geometric(mean: number, random: number): number {
  if (mean <= 1) return 1
  return 1 + Math.floor(Math.log(1 - random) / Math.log(1 - 1 / mean))
}

function kindOf(mix: Demand['mix'], random: number): Kind {
  let rest = random
  const [kind] = mix.find(([, share]) => (rest -= share) < 0) ?? mix.at(-1) ?? []
  if (kind === undefined) throw new RangeError('There has to be a kind of assets.')
  return kind
}

/** Numbers from 0 up to 1 that are the same each time (the generator of Park and Miller). */
export function repeatable(seed = 1): () => number {
  const most = 2 ** 31 - 1
  let state = seed
  return () => {
    state = (state * 48_271) % most
    return state / most
  }
}
