/** How something is tried again under which the service has died so many times. */
interface Rule {
  /** How many that have been through this may be under way beside each other, itself among them. */
  readonly company: number
  /** How long the service has to have lived before, in milliseconds. */
  readonly afterMs: number
}

/**
 * By the number of deaths. Sixteen and more may be under way when the service dies, and at most one of them is why. A few of
 * them at a time are tried at once; those under which it then dies again, only in a service that has shown that it lives
 * well without them, two and at last one by one. So the death that convicts is one with nothing of the kind beside it, and
 * whoever kills the service again and again within moments convicts none.
 */
const RULES: readonly Rule[] = [
  { company: Number.POSITIVE_INFINITY, afterMs: 0 },
  { company: 4, afterMs: 0 },
  { company: 2, afterMs: 2000 },
  { company: 1, afterMs: 10_000 },
]

/** As often the service may die under something before that is given up: by then it is the cause in all likelihood. */
export const MOST_DEATHS = RULES.length

/**
 * What was under way when the service died is tried again, but in ever smaller company, so that something which takes the
 * service down each time is told from what merely was beside it, and comes to an end. What was never under way then goes on
 * meanwhile, and waits for none of this.
 *
 * `deaths` is how often the service has died under it, which whoever begins it keeps on the disk.
 */
export interface Trials {
  /** Whether something may begin now; what has had {@link MOST_DEATHS} may always, in order to fail. */
  mayBegin: (deaths: number) => boolean
  /** Begins; returns what is to be called at the end. */
  begin: (deaths: number) => () => void
  /** Begins as soon as that may be. Rejects with the reason of the signal, when that comes first. */
  turn: (deaths: number, signal: AbortSignal) => Promise<() => void>
  /** Has a listener told when something may begin that could not. */
  onRoom: (listener: () => void) => void
  /** From now on the service lives. */
  start: () => void
  /** Lets nothing begin any more that has to wait. */
  close: () => void
}

/** Makes the trials of one life of the service. */
export function createTrials(): Trials {
  const underWay = new Set<Rule>()
  const listeners = new Set<() => void>()
  let livedMs = -1
  let timers: NodeJS.Timeout[] = []

  function mayBegin(deaths: number): boolean {
    const rule = RULES[deaths]
    if (rule === undefined || rule.company === Number.POSITIVE_INFINITY) return true
    const company = Math.min(rule.company, ...Array.from(underWay, (other) => other.company))
    return livedMs >= rule.afterMs && underWay.size < company
  }

  function begin(deaths: number): () => void {
    const rule = RULES[deaths]
    if (rule === undefined || rule.company === Number.POSITIVE_INFINITY) return () => undefined
    const own = { ...rule }
    underWay.add(own)
    return () => {
      if (underWay.delete(own)) tell()
    }
  }

  function tell(): void {
    for (const listener of listeners) listener()
  }

  return {
    mayBegin,
    begin,
    async turn(deaths, signal) {
      signal.throwIfAborted()
      if (mayBegin(deaths)) return begin(deaths)
      const room = Promise.withResolvers<() => void>()
      const look = (): void => {
        if (!mayBegin(deaths)) return
        listeners.delete(look)
        room.resolve(begin(deaths))
      }
      const drop = (): void => {
        listeners.delete(look)
        room.reject(signal.reason)
      }
      listeners.add(look)
      signal.addEventListener('abort', drop)
      try {
        return await room.promise
      } finally {
        signal.removeEventListener('abort', drop)
      }
    },
    onRoom: (listener) => void listeners.add(listener),
    start() {
      livedMs = 0
      const waits = new Set(RULES.map(({ afterMs }) => afterMs))
      waits.delete(0)
      timers = Array.from(waits, (afterMs) =>
        setTimeout(() => {
          livedMs = afterMs
          tell()
        }, afterMs).unref(),
      )
      tell()
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      listeners.clear()
    },
  }
}
