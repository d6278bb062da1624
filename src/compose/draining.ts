import { setTimeout as delay } from 'node:timers/promises'
import { type FrontEnds, NOBODY } from '../database/front-ends.ts'

/**
 * How long a front end goes on as ever once it has said that it stops, in milliseconds: until the balancer before it has looked, and sends
 * the others what comes next.
 */
const BALANCER_MS = 5000

/** What comes before the stop of one of several front ends. */
export interface Draining {
  /** Aborts when nothing new is to be sent here any more, however it comes to the stop. */
  readonly signal: AbortSignal
  /** Leaves what comes next to the others; resolves when the balancer knows of it. Where there is nobody else, that is at once. */
  readonly drain: () => Promise<void>
}

/**
 * Makes what has others take over in time.
 *
 * @param options.stopping - aborts when the service stops
 */
export function createDraining(options: {
  frontEnds: Pick<FrontEnds, 'id' | 'leave'>
  stopping: AbortSignal
}): Draining {
  const { frontEnds, stopping } = options
  const leaving = new AbortController()
  return {
    signal: AbortSignal.any([stopping, leaving.signal]),
    async drain() {
      if (frontEnds.id === NOBODY) return
      leaving.abort()
      await Promise.all([frontEnds.leave(), delay(BALANCER_MS)])
    },
  }
}
