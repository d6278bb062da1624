import { ServiceError } from '../base/errors.ts'
import type { Order } from './order-store.ts'

/** How long a worker may answer that it is busy, in milliseconds. */
const LONGEST_BUSY_MS = 15 * 60 * 1000

/** The longest pause that a busy worker is given, however long a `Retry-After` it asks for, in milliseconds. */
const LONGEST_PAUSE_MS = 60_000

/** The pause of one that does not say how long, in milliseconds. */
const SHORT_PAUSE_MS = 1000

/** The statuses of a platform that cannot be reached or takes nothing for now, whatever it is asked to do. */
const STATUSES_OF_ABSENCE: readonly number[] = [429, 502, 503, 504]

/** How often a platform may have a fault of its own over an order, which may be the order's. */
const MOST_FAULTS = 3

/**
 * Workers, and platforms that several run on, which are not called for a while. After its rest each is called once, to see whether it
 * takes something again; the others that wait for it do so until that is known.
 */
export interface Rests {
  has: (worker: string) => boolean
  /**
   * Lets a worker rest for so many milliseconds from now on.
   *
   * @returns whether it was up to now taken to be well
   */
  begin: (worker: string, pauseMs: number) => boolean
  /** Is to be told that a worker is called. */
  called: (worker: string) => void
  /** Is to be told that this call has come to its end, before or after {@link Rests.begin}. */
  answered: (worker: string) => void
  /**
   * How many milliseconds a worker wants to be left alone that was too busy for an order; undefined when it has been for
   * too long, or the error is another one.
   */
  pauseFor: (order: Order, error: unknown) => number | undefined
  /** As {@link Rests.pauseFor} of a platform, which an order waits for however long it is busy or away. */
  pauseForPlatform: (order: Order, error: unknown) => number | undefined
  /** Ends every rest, and tells nobody. */
  end: () => void
}

/**
 * @param options.elapsed - a clock that nobody sets, in milliseconds
 * @param options.onEnd - is told that some worker may be called again
 */
export function createRests(options: {
  now: () => number
  elapsed: () => number
  onEnd: () => void
}): Rests {
  const { now, elapsed } = options
  /** A timer while they rest; then whether they are being called. */
  const resting = new Map<string, NodeJS.Timeout | 'rested' | 'called'>()
  const turnedAwaySince = new WeakMap<Order, number>()
  const faults = new WeakMap<Order, number>()

  function toPause(error: ServiceError): number {
    const text = error.headers['Retry-After'] ?? ''
    const pauseMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now()
    return pauseMs >= 0 ? Math.min(pauseMs, LONGEST_PAUSE_MS) : SHORT_PAUSE_MS
  }

  function stop(worker: string): void {
    const state = resting.get(worker)
    if (typeof state === 'object') clearTimeout(state)
  }

  return {
    has: (worker) => resting.has(worker) && resting.get(worker) !== 'rested',
    begin(worker, pauseMs) {
      const wasWell = !resting.has(worker)
      stop(worker)
      const timer = setTimeout(() => {
        resting.set(worker, 'rested')
        options.onEnd()
      }, pauseMs)
      resting.set(worker, timer.unref())
      return wasWell
    },
    called(worker) {
      if (resting.get(worker) === 'rested') resting.set(worker, 'called')
    },
    answered(worker) {
      if (resting.get(worker) === 'called') resting.delete(worker)
    },
    pauseFor(order, error) {
      if (!(error instanceof ServiceError) || error.status !== 429) return undefined
      const since = turnedAwaySince.get(order) ?? elapsed()
      turnedAwaySince.set(order, since)
      return elapsed() - since >= LONGEST_BUSY_MS ? undefined : toPause(error)
    },
    pauseForPlatform(order, error) {
      if (!(error instanceof ServiceError)) return undefined
      if (STATUSES_OF_ABSENCE.includes(error.status)) return toPause(error)
      if (error.status < 500) return undefined
      const count = (faults.get(order) ?? 0) + 1
      faults.set(order, count)
      return count > MOST_FAULTS ? undefined : toPause(error)
    },
    end() {
      for (const worker of resting.keys()) stop(worker)
      resting.clear()
    },
  }
}
