import type { Kind } from './kinds.ts'
import type { Random } from './random.ts'

/** An asset that arrives. */
export interface Arrival {
  /** Since midnight, in seconds. */
  readonly at: number
  /** What it takes of a processor, in seconds. */
  readonly seconds: number
}

const HOUR_S = 60 * 60

/** How much of a day is in each of its hours, in parts of any size: an office with colleagues in other time zones. */
const HOURS: readonly number[] = [
  1, 1, 1, 1, 1, 2, 3, 5, 8, 10, 10, 9, 7, 9, 10, 10, 8, 6, 4, 3, 2, 2, 1, 1,
]

/** How many assets people upload at once, on the average; a few have thousands. */
const BATCH = { mean: 25, deviation: 100 }

/** How fast the assets of one upload come, in assets a second. */
const UPLOAD_RATE = 5

/** The share of the busiest hour in a day. */
export const BUSIEST_HOUR: number = Math.max(...HOURS) / sum(HOURS)

/**
 * Makes a day of uploads, each of several assets that come one after the other; in the order of their arrival.
 *
 * @param options.spread - see SPREAD of kinds.ts
 */
export function makeDay(options: {
  assets: number
  kinds: readonly Kind[]
  spread: number
  random: Random
}): Arrival[] {
  const { assets, kinds, spread, random } = options
  const arrivals: Arrival[] = []
  while (arrivals.length < assets) {
    const start = pickHour(random) * HOUR_S + random.next() * HOUR_S
    const size = Math.max(1, Math.round(random.lognormal(BATCH.mean, BATCH.deviation)))
    let at = start
    for (let index = 0; index < Math.min(size, assets - arrivals.length); index += 1) {
      const { seconds } = pickKind(kinds, random)
      arrivals.push({ at, seconds: random.lognormal(seconds, spread * seconds) })
      at += random.exponential(1 / UPLOAD_RATE)
    }
  }
  return arrivals.toSorted((a, b) => a.at - b.at)
}

function pickHour(random: Random): number {
  return pick(HOURS, random)
}

function pickKind(kinds: readonly Kind[], random: Random): Kind {
  const found =
    kinds[
      pick(
        kinds.map(({ share }) => share),
        random,
      )
    ]
  if (found === undefined) throw new Error('There is no kind of assets.')
  return found
}

/** The place of one of these parts, each as likely as it is large. */
function pick(parts: readonly number[], random: Random): number {
  let left = random.next() * sum(parts)
  for (const [index, part] of parts.entries()) {
    left -= part
    if (left < 0) return index
  }
  return parts.length - 1
}

function sum(parts: readonly number[]): number {
  return parts.reduce((total, part) => total + part, 0)
}
