/** Places for work that clients share, so that whoever takes all of them keeps nobody else away. */
export interface Shares {
  /** Whether one more work of a client may begin now. */
  readonly mayBegin: (client: string) => boolean
  /** Begins one; returns what is to be called at its end, once or more often. */
  readonly begin: (client: string) => () => void
}

/** How many places there are. */
export interface SharesOptions {
  /** Any of the clients may have all of them. */
  readonly places: number
  /** How many works there may be in all, those included that begin beyond; twice as many as places unless given. */
  readonly most?: number
  /** Among how many such shares of other processes all of that is divided, by now; one at least is for each. Nobody else unless given. */
  readonly among?: () => number
}

/**
 * Makes places. While some are free anybody may have them. When all of them are taken, a client still may begin as many as it
 * would have if they were divided among all clients, one at least, beside the others: what has begun is not taken from
 * anybody, but whoever has more than that share gets no new place until it has less.
 */
export function createShares({
  places,
  most = 2 * places,
  among = () => 1,
}: SharesOptions): Shares {
  const running = new Map<string, number>()
  let all = 0
  const partOf = (whole: number): number => Math.max(1, Math.floor(whole / among()))

  return {
    mayBegin(client) {
      if (all < partOf(places)) return true
      const own = running.get(client) ?? 0
      const clients = running.size + (own === 0 ? 1 : 0)
      return all < partOf(most) && own < Math.max(1, Math.floor(partOf(places) / clients))
    },
    begin(client) {
      running.set(client, (running.get(client) ?? 0) + 1)
      all += 1
      let hasEnded = false
      return () => {
        if (hasEnded) return
        hasEnded = true
        all -= 1
        const left = (running.get(client) ?? 0) - 1
        if (left > 0) running.set(client, left)
        else running.delete(client)
      }
    },
  }
}
