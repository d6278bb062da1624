import { sql } from 'kysely'
import { type Given, prepareQuery } from '../database/prepared-query.ts'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../database/service-database.ts'
import { SWEPT_AT_ONCE } from '../home/group-commit.ts'

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
  /** Stores an order, together with what its door has to remember of it. */
  accept: (tables: ServiceWriting, order: NewOrder) => Promise<Order>
  /** Those with items that have not ended, oldest first. */
  pending: () => Promise<Order[]>
  /** What of an order has not ended yet, in the order of the numbers. */
  pendingItems: (id: number) => Promise<number[]>
  find: (id: number) => Promise<Order | undefined>
  /** What has not ended, whether it waits or is under way. */
  backlog: () => Promise<Backlog[]>
  /**
   * How often a worker was started for each of the pending orders for which one was: before one is in this life of the
   * service, that is how often the service has died under it.
   */
  attempts: () => Promise<Map<number, number>>
  /** Counts that a worker was started for an order. */
  countAttempt: (id: number) => Promise<void>
  /** Counts the last attempt no more: the service did not die under these orders, but stopped. */
  uncountAttempts: (ids: readonly number[]) => Promise<void>
  /** Ends an item. False when it had ended before, or its order is not there any more. */
  end: (tables: ServiceWriting, id: number, item: number) => Promise<boolean>
  /** Forgets orders that nobody wants any more. */
  forget: (tables: ServiceWriting, ids: readonly number[]) => Promise<void>
  /** Forgets orders of a door that were accepted before a time (milliseconds since 1970) and have ended. */
  sweep: (door: string, before: number) => Promise<void>
}

/** What `pending` is of an item that has not ended; in the text of queries, or the index of such items would not be used. */
export const IS_PENDING = sql.lit(1)

const COLUMNS = ['id', 'door', 'client', 'worker', 'accepted_at as acceptedAt'] as const

const add = prepareQuery(
  (
    tables: ServiceWriting,
    given: Given<{ door: string; client: string; worker: string; acceptedAt: number }>,
  ) =>
    tables
      .insertInto('orders')
      .values({
        door: given('door'),
        client: given('client'),
        worker: given('worker'),
        accepted_at: given('acceptedAt'),
      })
      .returning('id'),
)

const addItem = prepareQuery((tables: ServiceWriting, given: Given<{ id: number; item: number }>) =>
  tables.insertInto('order_items').values({ order_id: given('id'), item: given('item') }),
)

const find = prepareQuery((tables: ServiceReading, given: Given<{ id: number }>) =>
  tables.selectFrom('orders').select(COLUMNS).where('id', '=', given('id')),
)

const pendingItems = prepareQuery((tables: ServiceReading, given: Given<{ id: number }>) =>
  tables
    .selectFrom('order_items')
    .select('item')
    .where('order_id', '=', given('id'))
    .where('pending', '=', IS_PENDING)
    .orderBy('item'),
)

const countAttempt = prepareQuery((tables: ServiceWriting, given: Given<{ id: number }>) =>
  tables
    .updateTable('orders')
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', given('id')),
)

const end = prepareQuery((tables: ServiceWriting, given: Given<{ id: number; item: number }>) =>
  tables
    .updateTable('order_items')
    .set({ pending: 0 })
    .where('order_id', '=', given('id'))
    .where('item', '=', given('item'))
    .where('pending', '=', IS_PENDING),
)

/** Opens the orders in `database`. */
export function openOrderStore(database: ServiceDatabase, now: () => number): OrderStore {
  const { committed } = database

  return {
    async accept(tables, { door, client, worker, items }) {
      const acceptedAt = now()
      const added = await add.first(tables, { door, client, worker, acceptedAt })
      if (added === undefined) throw new Error('no order was added')
      for (const item of items) await addItem.count(tables, { id: added.id, item })
      return { id: added.id, door, client, worker, acceptedAt }
    },
    pending: () => pendingOrders(committed).select(COLUMNS).orderBy('id').execute(),
    async pendingItems(id) {
      const items = await pendingItems.all(committed, { id })
      return items.map(({ item }) => item)
    },
    find: (id) => find.first(committed, { id }),
    async backlog() {
      const rows = await pendingOrders(committed)
        .select(({ fn }) => [
          'door',
          IS_ELSEWHERE.as('isElsewhere'),
          fn.countAll<number>().as('count'),
          fn.min('accepted_at').as('oldest'),
        ])
        .groupBy(['door', 'isElsewhere'])
        .execute()
      return rows.map(({ isElsewhere, ...backlog }) => ({
        ...backlog,
        isElsewhere: isElsewhere === 1,
      }))
    },
    async attempts() {
      const rows = await pendingOrders(committed)
        .select(['id', 'attempts'])
        .where('attempts', '>', 0)
        .execute()
      return new Map(rows.map(({ id, attempts }) => [id, attempts]))
    },
    async countAttempt(id) {
      await database.write((tables) => countAttempt.count(tables, { id }))
    },
    async uncountAttempts(ids) {
      if (ids.length === 0) return
      await database.write((tables) =>
        tables
          .updateTable('orders')
          .set(({ eb }) => ({ attempts: eb('attempts', '-', 1) }))
          .where('id', 'in', ids)
          .where('attempts', '>', 0)
          .execute(),
      )
    },
    end: async (tables, id, item) => (await end.count(tables, { id, item })) > 0,
    async forget(tables, ids) {
      if (ids.length > 0) await tables.deleteFrom('orders').where('id', 'in', ids).execute()
    },
    sweep: (door, before) =>
      database.sweep(async (tables) => {
        const old = tables
          .selectFrom('orders')
          .select('id')
          .where('door', '=', door)
          .where('accepted_at', '<', before)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('order_items')
                  .select('item')
                  .whereRef('order_id', '=', 'orders.id')
                  .where('pending', '=', IS_PENDING),
              ),
            ),
          )
          .limit(SWEPT_AT_ONCE)
        const { numDeletedRows } = await tables
          .deleteFrom('orders')
          .where('id', 'in', old)
          .executeTakeFirst()
        return numDeletedRows > 0n
      }),
  }
}

/** Whether a worker is called by its URL, as a number. */
const IS_ELSEWHERE = sql<number>`CASE WHEN worker LIKE '%://%' THEN 1 ELSE 0 END`

function pendingOrders(tables: ServiceReading) {
  return tables
    .selectFrom('orders')
    .where('id', 'in', (eb) =>
      eb.selectFrom('order_items').select('order_id').where('pending', '=', IS_PENDING),
    )
}
