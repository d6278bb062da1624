import { type Expression, type ExpressionBuilder, sql } from 'kysely'
import { NOBODY } from '../database/front-ends.ts'
import { type Given, prepareQuery } from '../database/prepared-query.ts'
import type {
  ServiceDatabase,
  ServiceReading,
  ServiceWriting,
} from '../database/service-database.ts'
import type { ServiceTables } from '../database/service-tables.ts'
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

/** An order as the database has it. */
export interface KeptOrder extends Order {
  /** The front end that holds it: that begins it, and sees to its end. */
  readonly holder: string
}

/** An order that has been taken up. */
export interface AdoptedOrder extends Order {
  /** How often a worker was started for it, and so how often a front end has died under it. */
  readonly attempts: number
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

/** The orders, and which of their items have not ended yet, as one front end sees them. */
export interface OrderStore {
  /** Stores an order that this front end holds, together with what its door has to remember of it. */
  accept: (tables: ServiceWriting, order: NewOrder) => Promise<Order>
  /**
   * Takes up what has not ended and is held by nobody who is alive, oldest first: of several front ends each has its part. Where there is
   * only one, that is all of it.
   */
  adopt: () => Promise<AdoptedOrder[]>
  /** Lets others take up what has not ended and this front end holds, but for these. */
  release: (tables: ServiceWriting, except: readonly number[]) => Promise<void>
  /** Which of these are held by others. */
  heldByOthers: (ids: readonly number[]) => Promise<number[]>
  /** What of an order has not ended yet, in the order of the numbers. */
  pendingItems: (id: number) => Promise<number[]>
  /** As {@link OrderStore.pendingItems}; nothing of what others hold. */
  heldItems: (id: number) => Promise<number[]>
  find: (id: number) => Promise<KeptOrder | undefined>
  /** What has not ended of what this front end holds, whether it waits or is under way. */
  backlog: () => Promise<Backlog[]>
  /** Counts that a worker was started for an order. */
  countAttempt: (id: number) => Promise<void>
  /** Counts the last attempt no more: the service did not die under these orders, but stopped. */
  uncountAttempts: (ids: readonly number[]) => Promise<void>
  /** Ends an item; returns who held its order. Undefined when it had ended before, or its order is not there any more. */
  end: (tables: ServiceWriting, id: number, item: number) => Promise<string | undefined>
  /** Forgets orders that nobody wants any more. */
  forget: (tables: ServiceWriting, ids: readonly number[]) => Promise<void>
  /** Forgets orders of a door that were accepted before a time (milliseconds since 1970) and have ended. */
  sweep: (door: string, before: number) => Promise<void>
}

/** What `pending` is of an item that has not ended; in the text of queries, or the index of such items would not be used. */
export const IS_PENDING = sql.lit(1)

/** How many orders a query names at once. */
const AT_ONCE = 1000

const COLUMNS = ['id', 'door', 'client', 'worker', 'accepted_at as acceptedAt'] as const

const add = prepareQuery(
  (
    tables: ServiceWriting,
    given: Given<{
      door: string
      client: string
      worker: string
      acceptedAt: number
      holder: string
    }>,
  ) =>
    tables
      .insertInto('orders')
      .values({
        door: given('door'),
        client: given('client'),
        worker: given('worker'),
        accepted_at: given('acceptedAt'),
        holder: given('holder'),
      })
      .returning('id'),
)

const addItem = prepareQuery((tables: ServiceWriting, given: Given<{ id: number; item: number }>) =>
  tables.insertInto('order_items').values({ order_id: given('id'), item: given('item') }),
)

const find = prepareQuery((tables: ServiceReading, given: Given<{ id: number }>) =>
  tables.selectFrom('orders').select(COLUMNS).select('holder').where('id', '=', given('id')),
)

const pendingItems = prepareQuery((tables: ServiceReading, given: Given<{ id: number }>) =>
  selectPendingItems(tables, given('id')),
)

const heldItems = prepareQuery(
  (tables: ServiceReading, given: Given<{ id: number; holder: string }>) =>
    selectPendingItems(tables, given('id')).where((eb) =>
      eb.exists(
        eb
          .selectFrom('orders')
          .select('id')
          .where('id', '=', given('id'))
          .where('holder', '=', given('holder')),
      ),
    ),
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
    .where('pending', '=', IS_PENDING)
    .returning((eb) =>
      eb.selectFrom('orders').select('holder').where('id', '=', given('id')).as('holder'),
    ),
)

/**
 * Opens the orders in `database`.
 *
 * @param holder - this front end; that of a database which nobody else has unless given
 */
export function openOrderStore(
  database: ServiceDatabase,
  now: () => number,
  holder: string = NOBODY,
): OrderStore {
  const { committed } = database

  /** What has not ended and is held by nobody who is alive, of that the part of this front end. */
  async function selectOrphaned(tables: ServiceReading) {
    const living = await tables
      .selectFrom('front_ends')
      .select('id')
      .where('leaving', '=', 0)
      .orderBy('joined_at')
      .orderBy('id')
      .execute()
    const place = living.findIndex(({ id }) => id === holder)
    // Whoever leaves, or is taken for gone itself, takes nothing.
    if (holder !== NOBODY && place < 0) return []
    const [among, own] = [Math.max(living.length, 1), Math.max(place, 0)]
    return tables
      .selectFrom('orders')
      .select(COLUMNS)
      .select(['attempts', 'holder'])
      .where(isPending)
      .where('holder', 'not in', (eb) => eb.selectFrom('front_ends').select('front_ends.id'))
      .where(sql`id % ${sql.lit(among)}`, '=', own)
      .orderBy('id')
      .execute()
  }

  return {
    async accept(tables, { door, client, worker, items }) {
      const acceptedAt = now()
      const added = await add.first(tables, { door, client, worker, acceptedAt, holder })
      if (added === undefined) throw new Error('no order was added')
      for (const item of items) await addItem.count(tables, { id: added.id, item })
      return { id: added.id, door, client, worker, acceptedAt }
    },
    async adopt() {
      const seen = await selectOrphaned(committed)
      if (seen.every((order) => order.holder === holder)) return seen.map(toAdopted)
      return database.write(async (tables) => {
        const found = await selectOrphaned(tables)
        const ids = found.map(({ id }) => id)
        for (let start = 0; start < ids.length; start += AT_ONCE) {
          const some = ids.slice(start, start + AT_ONCE)
          await tables.updateTable('orders').set({ holder }).where('id', 'in', some).execute()
        }
        return found.map(toAdopted)
      })
    },
    async release(tables, except) {
      await tables
        .updateTable('orders')
        .set({ holder: NOBODY })
        .where('holder', '=', holder)
        .where(isPending)
        .$if(except.length > 0, (query) => query.where('id', 'not in', except))
        .execute()
    },
    async heldByOthers(ids) {
      const others: number[] = []
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const rows = await committed
          .selectFrom('orders')
          .select('id')
          .where('id', 'in', ids.slice(start, start + AT_ONCE))
          .where('holder', '<>', holder)
          .execute()
        for (const { id } of rows) others.push(id)
      }
      return others
    },
    async pendingItems(id) {
      const items = await pendingItems.all(committed, { id })
      return items.map(({ item }) => item)
    },
    async heldItems(id) {
      const items = await heldItems.all(committed, { id, holder })
      return items.map(({ item }) => item)
    },
    find: (id) => find.first(committed, { id }),
    async backlog() {
      const rows = await committed
        .selectFrom('orders')
        .where(isPending)
        .where('holder', '=', holder)
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
          .where('holder', '=', holder)
          .where('attempts', '>', 0)
          .execute(),
      )
    },
    end: async (tables, id, item) => (await end.first(tables, { id, item }))?.holder ?? undefined,
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

function selectPendingItems(tables: ServiceReading, id: Expression<number>) {
  return tables
    .selectFrom('order_items')
    .select('item')
    .where('order_id', '=', id)
    .where('pending', '=', IS_PENDING)
    .orderBy('item')
}

function isPending(eb: ExpressionBuilder<ServiceTables, 'orders'>) {
  return eb(
    'id',
    'in',
    eb.selectFrom('order_items').select('order_id').where('pending', '=', IS_PENDING),
  )
}

function toAdopted({ holder: _former, ...order }: AdoptedOrder & KeptOrder): AdoptedOrder {
  return order
}
