import type { Context, MiddlewareHandler } from 'hono'
import { ServiceError } from '../base/errors.ts'
import { clientAddress } from './remote-address.ts'
import type { HttpEnv } from './root-app.ts'

/** As often may somebody be wrong at once: who mistypes a password is, and so is a program with an old key. */
const MOST_AT_ONCE = 10

/** After so long one more may be wrong, in milliseconds. */
const FORGIVEN_MS = 6000

/** Those who were wrong longest ago are forgotten when there are more. */
const MOST_KNOWN = 10_000

/** How often who has been wrong about a secret. */
export interface Guesses {
  /** Takes down that somebody was wrong. */
  readonly wrong: (who: string) => void
  /**
   * Keeps away who was wrong too often, for a secret that people choose: a right one is no better then, or they would only have
   * to go on.
   *
   * @throws {ServiceError} `too_many_requests`, with the seconds to wait
   */
  readonly demand: (who: string) => void
}

/** Makes the count of wrong guesses. @param now - in milliseconds, of a clock that nobody sets */
export function createGuesses(now: () => number = () => performance.now()): Guesses {
  const known = new Map<string, { readonly count: number; readonly at: number }>()

  function countOf(who: string): number {
    const { count, at } = known.get(who) ?? { count: 0, at: 0 }
    return Math.max(0, count - (now() - at) / FORGIVEN_MS)
  }

  return {
    wrong(who) {
      const count = Math.min(countOf(who) + 1, MOST_AT_ONCE)
      // Whoever was wrong last is the last to be forgotten.
      known.delete(who)
      known.set(who, { count, at: now() })
      const [oldest] = known.keys()
      if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
    },
    demand(who) {
      const excess = countOf(who) - (MOST_AT_ONCE - 1)
      if (excess <= 0) return
      const seconds = Math.ceil((excess * FORGIVEN_MS) / 1000)
      throw new ServiceError(
        'too_many_requests',
        `There were too many wrong secrets from here; the next may come in ${seconds} s.`,
        { headers: { 'retry-after': String(seconds) } },
      )
    },
  }
}

/** Who guesses, as far as a request tells. */
export function guesserOf(c: Context<HttpEnv>): string {
  return clientAddress(c) ?? 'nowhere'
}

/**
 * Answers 429 to who was wrong too often about keys that nobody can guess. A right one goes on being right: whoever shares an address
 * with somebody who guesses is not kept out.
 */
export function slowGuesses(guesses: Guesses): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    await next()
    if (!(c.error instanceof ServiceError) || !c.error.isGuess) return
    const who = guesserOf(c)
    guesses.demand(who)
    guesses.wrong(who)
  }
}
