import * as z from 'zod/mini'
import { type Database, SWEPT_AT_ONCE } from '../home/database.ts'

const orderRow = z.object({
  id: z.int(),
  door: z.string(),
  client: z.string(),
  worker: z.string(),
  accepted_at: z.int(),
})
const itemRow = z.object({ item: z.int() })
const backlogRow = z.object({
  door: z.string(),
  is_elsewhere: z.int(),
  count: z.int(),
  oldest: z.int(),
})
const attemptsRow = z.object({ id: z.int(), attempts: z.int() })

/** A piece of accepted work: what one worker makes in one activation. */
export interface Order {
  readonly id: number
  /** The door that has accepted it, and is told how it ends. */
  readonly door: string
  /** Whose it is, as the door tells its clients apart: what waits is shared out among them. */
  readonly client: string
  /** The name of an action, or the URL of a custom worker. */
  readonly worker: string
  /** Milliseconds since 1970. */
  readonly acceptedAt: number
}

/** What an order is to be made of. */
export interface NewOrder extends Pick<Order, 'door' | 'client' | 'worker'> {
  /** Each of them ends once and by itself; the door's own numbers. */
  readonly items: readonly number[]
}

/** Orders of a door that have not ended: those for actions that run here, or those for workers elsewhere. */
export interface Backlog {
  readonly door: string
  readonly isElsewhere: boolean
  readonly count: number
  /** When the oldest was accepted, in milliseconds since 1970. */
  readonly oldest: number
}

/** The orders, and which of their items have not ended yet. */
export interface OrderStore {
  /** Stores an order; inside {@link Database.write}, together with what its door has to remember of it. */
  accept: (order: NewOrder) => Order
  /** Those with items that have not ended, oldest first. */
  pending: () => Order[]
  /** What of an order has not ended yet, in the order of the numbers. */
  pendingItems: (id: number) => number[]
  find: (id: number) => Order | undefined
  /** What has not ended, whether it waits or is under way. */
  backlog: () => Backlog[]
  /**
   * How often a worker was started for each of the pending orders for which one was: before one is in this life of the
   * service, that is how often the service has died under it.
   */
  attempts: () => Map<number, number>
  /** Counts that a worker was started for an order. */
  countAttempt: (id: number) => Promise<void>
  /** Counts the last attempt no more: the service did not die under these orders, but stopped. */
  uncountAttempts: (ids: readonly number[]) => Promise<void>
  /** Ends an item; inside {@link Database.write}. False when it had ended before, or its order is not there any more. */
  end: (id: number, item: number) => boolean
  /** Forgets orders that nobody wants any more; inside {@link Database.write}. */
  forget: (ids: readonly number[]) => void
  /** Forgets orders of a door that were accepted before a time (milliseconds since 1970) and have ended. */
  sweep: (door: string, before: number) => Promise<void>
}

/** Opens the orders in `database`. */
export function openOrderStore(database: Database, now: () => number): OrderStore {
  const insertOrder = database.prepare(
    'INSERT INTO orders (door, client, worker, accepted_at) VALUES (?, ?, ?, ?)',
  )
  const insertItem = database.prepare('INSERT INTO order_items (order_id, item) VALUES (?, ?)')
  const selectPending = database.prepare(
    `SELECT * FROM orders WHERE id IN (SELECT order_id FROM order_items WHERE pending = 1) ORDER BY id`,
  )
  const selectItems = database.prepare(
    'SELECT item FROM order_items WHERE order_id = ? AND pending = 1 ORDER BY item',
  )
  const selectOrder = database.prepare('SELECT * FROM orders WHERE id = ?')
  const selectBacklog = database.prepare(
    `SELECT door, instr(worker, '://') > 0 AS is_elsewhere, count(*) AS count, min(accepted_at) AS oldest
       FROM orders WHERE id IN (SELECT order_id FROM order_items WHERE pending = 1) GROUP BY 1, 2`,
  )
  const addAttempt = database.prepare('UPDATE orders SET attempts = attempts + 1 WHERE id = ?')
  const selectAttempts = database.prepare(
    `SELECT id, attempts FROM orders WHERE attempts > 0
       AND id IN (SELECT order_id FROM order_items WHERE pending = 1)`,
  )
  const removeAttempt = database.prepare(
    'UPDATE orders SET attempts = max(attempts - 1, 0) WHERE id = ?',
  )
  const endItem = database.prepare(
    'UPDATE order_items SET pending = 0 WHERE order_id = ? AND item = ? AND pending = 1',
  )
  const deleteOrder = database.prepare('DELETE FROM orders WHERE id = ?')
  const deleteOld = database.prepare(
    `DELETE FROM orders WHERE id IN (SELECT id FROM orders WHERE door = ? AND accepted_at < ?
       AND NOT EXISTS (SELECT 1 FROM order_items WHERE order_id = orders.id AND pending = 1)
       LIMIT ${SWEPT_AT_ONCE})`,
  )

  return {
    accept({ door, client, worker, items }) {
      const acceptedAt = now()
      const id = Number(insertOrder.run(door, client, worker, acceptedAt).lastInsertRowid)
      for (const item of items) insertItem.run(id, item)
      return { id, door, client, worker, acceptedAt }
    },
    pending: () => selectPending.all().map(toOrder),
    pendingItems: (id) => selectItems.all(id).map((row) => itemRow.parse(row).item),
    find(id) {
      const row = selectOrder.get(id)
      return row === undefined ? undefined : toOrder(row)
    },
    backlog: () =>
      selectBacklog.all().map((row) => {
        const { is_elsewhere: isElsewhere, ...backlog } = backlogRow.parse(row)
        return { ...backlog, isElsewhere: isElsewhere === 1 }
      }),
    attempts() {
      const rows = selectAttempts.all().map((row) => attemptsRow.parse(row))
      return new Map(rows.map(({ id, attempts }) => [id, attempts]))
    },
    async countAttempt(id) {
      await database.write(() => addAttempt.run(id))
    },
    async uncountAttempts(ids) {
      if (ids.length === 0) return
      await database.write(() => {
        for (const id of ids) removeAttempt.run(id)
      })
    },
    end: (id, item) => endItem.run(id, item).changes > 0,
    forget(ids) {
      for (const id of ids) deleteOrder.run(id)
    },
    sweep: (door, before) => database.sweep(() => deleteOld.run(door, before).changes > 0),
  }
}

function toOrder(row: unknown): Order {
  const { accepted_at: acceptedAt, ...order } = orderRow.parse(row)
  return { ...order, acceptedAt }
}
