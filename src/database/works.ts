/** How many works run at a time: fewer when they are in each other's way, since what is run again costs as much as the first time. */
export interface Works {
  /** Runs a work when it has its turn, again and again for as long as others are in its way. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
}

/** By how much of one the number grows with each work that nobody was in the way of. */
const GROWTH = 0.1

/**
 * Makes what gives works their turns, the oldest first.
 *
 * @param options.most - how many run at a time when none is in another's way
 * @param options.isInTheWay - whether a work has failed for that alone, and left nothing
 * @param options.longestMs - how long a work is tried for, in milliseconds; by then something else is wrong
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function createWorks(options: {
  most: number
  isInTheWay: (error: unknown) => boolean
  longestMs: number
  elapsed?: () => number
}): Works {
  const { most, isInTheWay, longestMs, elapsed = () => performance.now() } = options
  const waiting: (() => void)[] = []
  let room = most
  let running = 0

  /** @param isFirst - before all others who wait */
  async function turn(isFirst: boolean): Promise<void> {
    if (running >= Math.floor(room)) {
      const { promise, resolve } = Promise.withResolvers<void>()
      if (isFirst) waiting.unshift(resolve)
      else waiting.push(resolve)
      // The place is taken for it by whoever leaves.
      await promise
    } else {
      running += 1
    }
  }

  function leave(): void {
    running -= 1
    while (running < Math.floor(room)) {
      const next = waiting.shift()
      if (next === undefined) return
      running += 1
      next()
    }
  }

  return {
    async run(work) {
      const until = elapsed() + longestMs
      for (let isFirst = false; ; isFirst = true) {
        await turn(isFirst)
        try {
          const result = await work()
          room = Math.min(most, room + GROWTH)
          return result
        } catch (error) {
          if (!isInTheWay(error) || elapsed() > until) throw error
          room = Math.max(1, room / 2)
        } finally {
          leave()
        }
      }
    },
  }
}
