import { setTimeout as delay } from 'node:timers/promises'
import { ServiceError } from '../base/errors.ts'

/** How long to wait until work is tried again that the database was away for, in milliseconds. */
const AGAIN_MS = 1000

/** Whether something was refused since the database was away, in whatever words a door tells it. */
export function wasAway(error: unknown): boolean {
  if (error instanceof ServiceError && error.code === 'database_unavailable') return true
  return error instanceof Error && error.cause !== undefined && wasAway(error.cause)
}

/**
 * Does work that nobody waits for, again and again for as long as the database is away: it may be begun any number of times, and is not to be
 * lost.
 *
 * @param isOver - whether there is nobody any more for whom it would be done
 * @param againMs - {@link AGAIN_MS} unless given
 */
export async function whenItIsBack<T>(
  work: () => Promise<T>,
  isOver: () => boolean,
  againMs = AGAIN_MS,
): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!wasAway(error) || isOver()) throw error
      await delay(againMs, undefined, { ref: false })
    }
  }
}
