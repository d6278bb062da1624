import { takeInTurn } from '../tasks/take-in-turn.ts'
import type { Order } from './order-store.ts'

/**
 * The orders that wait for their turn. Doors take turns, so that none waits behind the crowd at another, and within a door its
 * clients do. Those of a client that run in one place are a line, and those that run elsewhere another: none of them waits for the other.
 */
export interface Turns {
  /** Puts an order where its age says. */
  readonly add: (order: Order) => void
  /** Takes the oldest order that may begin, of the client and the door whose turn it is. */
  readonly take: (may: MayBegin) => Order | undefined
  /** Takes orders out, those of them that wait. */
  readonly remove: (ids: ReadonlySet<number>) => void
  /** Whether an order waits. */
  readonly has: (id: number) => boolean
  /** Those that wait. */
  readonly ids: () => Iterable<number>
  /** How many orders wait: of a client of a door, of a door, or of all. */
  readonly count: (door?: string, client?: string) => number
}

/** What may begin now. */
export interface MayBegin {
  /** Whether there is a place for any of those that are of the client of an order, and run where that does. */
  readonly hasPlace: (order: Order) => boolean
  /** Whether an order may begin when there is a place; the same for all of its {@link TurnsOptions.kindOf kind}. */
  readonly mayBegin: (order: Order) => boolean
}

/** What tells orders apart. */
export interface TurnsOptions {
  /** Where it runs; orders of the same answer share places. */
  readonly siteOf: (order: Order) => string
  /** Orders of the same kind may begin at the same time. */
  readonly kindOf: (order: Order) => string
}

/** Orders that share places, by their kind. */
type Line = Map<string, Order[]>

/** Makes the waiting line. */
export function createTurns({ siteOf, kindOf }: TurnsOptions): Turns {
  /** By door, and by client; the one whose turn it is comes first. */
  const doors = new Map<string, Map<string, Line>>()
  const waiting = new Set<number>()

  function lineOf(order: Order): Line {
    const lines = doors.get(order.door) ?? new Map<string, Line>()
    doors.set(order.door, lines)
    const name = JSON.stringify([order.client, siteOf(order)])
    const line = lines.get(name) ?? new Map<string, Order[]>()
    lines.set(name, line)
    return line
  }

  /** Takes the oldest of the kinds that may begin; not a look at each order, of which there may be thousands. */
  function takeOldest(line: Line, { hasPlace, mayBegin }: MayBegin): Order | undefined {
    const [[any] = []] = line.values()
    if (any === undefined || !hasPlace(any)) return undefined
    let oldest: Order | undefined
    for (const [first] of line.values()) {
      const isOlder = first !== undefined && (oldest === undefined || first.id < oldest.id)
      if (isOlder && mayBegin(first)) oldest = first
    }
    if (oldest !== undefined) takeOut(line, oldest)
    return oldest
  }

  function takeOut(line: Line, order: Order): void {
    const kind = kindOf(order)
    const orders = line.get(kind) ?? []
    orders.splice(orders.indexOf(order), 1)
    waiting.delete(order.id)
    if (orders.length === 0) line.delete(kind)
  }

  return {
    add(order) {
      const line = lineOf(order)
      const orders = line.get(kindOf(order)) ?? []
      line.set(kindOf(order), orders)
      // Nearly always it is the newest.
      const behind = orders.findLastIndex(({ id }) => id < order.id)
      orders.splice(behind + 1, 0, order)
      waiting.add(order.id)
    },
    take: (may) =>
      takeInTurn(
        doors,
        (lines) => takeInTurn(lines, (line) => takeOldest(line, may), isEmpty),
        isEmpty,
      ),
    remove(ids) {
      const meant = new Set([...ids].filter((id) => waiting.delete(id)))
      if (meant.size === 0) return
      for (const [door, lines] of doors) {
        for (const [name, line] of lines) {
          for (const [kind, orders] of line) {
            const others = orders.filter(({ id }) => !meant.has(id))
            if (others.length === 0) line.delete(kind)
            else line.set(kind, others)
          }
          if (line.size === 0) lines.delete(name)
        }
        if (lines.size === 0) doors.delete(door)
      }
    },
    has: (id) => waiting.has(id),
    ids: () => waiting,
    count(door, client) {
      let sum = 0
      for (const [name, lines] of doors) {
        if (door !== undefined && name !== door) continue
        for (const line of lines.values()) sum += countOf(line, client)
      }
      return sum
    },
  }
}

function countOf(line: Line, client: string | undefined): number {
  const kinds = [...line.values()]
  const isMeant = client === undefined || kinds[0]?.[0]?.client === client
  return isMeant ? kinds.reduce((sum, { length }) => sum + length, 0) : 0
}

function isEmpty({ size }: { readonly size: number }): boolean {
  return size === 0
}
