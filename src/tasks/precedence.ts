/** Over how long it counts what a client has had, in milliseconds: what is longer ago by this counts a third. */
const MEMORY_MS = 10_000

/** A client who has had so much lately has others go before, in milliseconds of one process. */
const MUCH_MS = 1000

/** How often it is looked whether somebody has come to have much while others have work, in milliseconds. */
const LOOK_MS = 250

/**
 * Who goes before whom where the work of clients meets: whoever has had little lately goes before who has had much. Nobody has to
 * wait for that; but work of the latter goes on at a lower priority, which costs nothing where the processors suffice for both.
 */
export interface Precedence {
  /**
   * Notes that work of a client has begun in a process.
   *
   * @param stepAside - is called once at most, as soon as it has to go behind others; not before this has returned
   * @returns what is to be called at its end, once or more often
   */
  readonly begin: (client: string, stepAside: () => void) => () => void
  /** Whether a client has had much, so that new work of it does well in a process that goes behind others already. */
  readonly hasMuch: (client: string) => boolean
}

/** What a client has and has had. */
interface Client {
  /** In milliseconds of one process, of which those long ago count less and less. */
  had: number
  /** When that was so. */
  at: number
  readonly works: Set<Work>
}

/** Work under way. */
interface Work {
  readonly stepAside: () => void
  isAside: boolean
}

/**
 * Makes what decides it. Time in a process counts, be it busy or not: that of processors cannot be told in the same way everywhere.
 *
 * @param elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function createPrecedence(elapsed: () => number = () => performance.now()): Precedence {
  const clients = new Map<string, Client>()
  let looking: NodeJS.Timeout | undefined

  /** Brings up to now what a client has had. */
  function update(client: Client): void {
    const now = elapsed()
    const kept = Math.exp((client.at - now) / MEMORY_MS)
    // What goes on counts, too: so much comes of it if each moment of it fades in the same way.
    client.had = client.had * kept + client.works.size * MEMORY_MS * (1 - kept)
    client.at = now
  }

  function hadMuch(client: Client): boolean {
    update(client)
    return client.had >= MUCH_MS
  }

  /**
   * Has work of those who have had much step aside, where somebody else has work who has not, or whose work has stepped aside as
   * well: two who have had much are equals again.
   */
  function look(): void {
    const busy = [...clients.values()].filter(({ works }) => works.size > 0)
    const some = busy.map((client) => ({ client, isMuch: hadMuch(client) }))
    for (const { client } of some.filter(({ isMuch }) => isMuch)) {
      const isInTheWay = some.some(
        (other) => other.client !== client && (!other.isMuch || isAside(other.client)),
      )
      if (!isInTheWay) continue
      for (const work of client.works) {
        if (work.isAside) continue
        work.isAside = true
        work.stepAside()
      }
    }
    clearTimeout(looking)
    if (busy.length > 1) looking = setTimeout(look, LOOK_MS).unref()
  }

  /** Those who have no work and had none for long need not be known any more. */
  function forget(): void {
    for (const [name, client] of clients) {
      if (client.works.size > 0) continue
      update(client)
      if (client.had < 1) clients.delete(name)
    }
  }

  return {
    begin(name, stepAside) {
      forget()
      const client = clients.get(name) ?? { had: 0, at: elapsed(), works: new Set() }
      clients.set(name, client)
      const work: Work = { stepAside, isAside: false }
      update(client)
      client.works.add(work)
      queueMicrotask(look)
      return () => {
        update(client)
        client.works.delete(work)
      }
    },
    hasMuch(name) {
      const client = clients.get(name)
      return client !== undefined && hadMuch(client)
    },
  }
}

function isAside({ works }: Client): boolean {
  return [...works].some((work) => work.isAside)
}
