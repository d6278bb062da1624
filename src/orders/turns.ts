import type { Order } from './order-store.ts'

/** The orders that wait for their turn. Doors take turns, so that none waits behind the crowd at another. */
export interface Turns {
  /** Puts an order where its age says. */
  add: (order: Order) => void
  /** Takes the oldest order that may begin, of the door whose turn it is. */
  take: (mayBegin: (order: Order) => boolean) => Order | undefined
  /** Takes an order out; false when it does not wait. */
  remove: (id: number) => boolean
  /** How many orders of a door wait, or of all. */
  count: (door?: string) => number
}

/** Makes the waiting line. */
export function createTurns(): Turns {
  /** By door; the door whose turn it is comes first. */
  const lines = new Map<string, Order[]>()

  return {
    add(order) {
      const line = lines.get(order.door) ?? []
      lines.set(order.door, line)
      // Nearly always it is the newest.
      const behind = line.findLastIndex(({ id }) => id < order.id)
      line.splice(behind + 1, 0, order)
    },
    take(mayBegin) {
      for (const [door, line] of lines) {
        const next = line.findIndex(mayBegin)
        if (next === -1) continue
        lines.delete(door)
        const [order] = line.splice(next, 1)
        if (line.length > 0) lines.set(door, line)
        return order
      }
      return undefined
    },
    remove(id) {
      for (const line of lines.values()) {
        const at = line.findIndex((order) => order.id === id)
        if (at !== -1) return line.splice(at, 1).length > 0
      }
      return false
    },
    count: (door) =>
      [...lines]
        .filter(([name]) => door === undefined || name === door)
        .reduce((sum, [, line]) => sum + line.length, 0),
  }
}
