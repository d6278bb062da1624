import { ServiceError } from '../base/errors.ts'
import type { Order } from './order-store.ts'

/** How long a worker may answer that it is busy, in milliseconds. */
const LONGEST_BUSY_MS = 15 * 60 * 1000

/** The longest pause that a busy worker is given, however long a `Retry-After` it asks for, in milliseconds. */
const LONGEST_PAUSE_MS = 60_000

/** The pause of one that does not say how long, in milliseconds. */
const SHORT_PAUSE_MS = 1000

/** Workers that are not called for a while. */
export interface Rests {
  has: (worker: string) => boolean
  /** Lets a worker rest for so many milliseconds from now on. */
  begin: (worker: string, pauseMs: number) => void
  /**
   * How many milliseconds a worker wants to be left alone that was too busy for an order; undefined when it has been for
   * too long, or the error is another one.
   */
  pauseFor: (order: Order, error: unknown) => number | undefined
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
  const resting = new Map<string, NodeJS.Timeout>()
  const turnedAwaySince = new WeakMap<Order, number>()

  return {
    has: (worker) => resting.has(worker),
    begin(worker, pauseMs) {
      clearTimeout(resting.get(worker))
      const timer = setTimeout(() => {
        resting.delete(worker)
        options.onEnd()
      }, pauseMs)
      resting.set(worker, timer.unref())
    },
    pauseFor(order, error) {
      if (!(error instanceof ServiceError) || error.status !== 429) return undefined
      const since = turnedAwaySince.get(order) ?? elapsed()
      turnedAwaySince.set(order, since)
      if (elapsed() - since >= LONGEST_BUSY_MS) return undefined
      const text = error.headers['Retry-After'] ?? ''
      const pauseMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now()
      return pauseMs >= 0 ? Math.min(pauseMs, LONGEST_PAUSE_MS) : SHORT_PAUSE_MS
    },
    end() {
      for (const timer of resting.values()) clearTimeout(timer)
      resting.clear()
    },
  }
}
