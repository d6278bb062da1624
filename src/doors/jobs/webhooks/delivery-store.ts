import type { ServiceReading, ServiceWriting } from '../../../database/service-database.ts'
import { SWEPT_AT_ONCE } from '../../../home/group-commit.ts'

/** Something that a receiver is to be told, or was. Times are milliseconds since 1970. */
export interface Delivery {
  /** In the order in which things happened. */
  readonly id: number
  readonly user: number
  /** Its id; null for the `webhook_url` of a job. */
  readonly webhook: string | null
  /** There may be secrets in it. */
  readonly url: string
  readonly event: string
  /** The id of the job or task that it is about. */
  readonly subject: string
  /** How many there were. */
  readonly attempts: number
  /** When it is due; null when there is no further attempt. */
  readonly nextAt: number | null
  /** What became of the last attempt, in a sentence. */
  readonly outcome: string | null
  readonly createdAt: number
}

/** A delivery that is to be stored. */
export type NewDelivery = Pick<Delivery, 'user' | 'webhook' | 'url' | 'event' | 'subject'> & {
  /** JSON. */
  readonly body: string
}

/** Deliveries as they are in the database. */
export interface DeliveryStore {
  /** @returns its id */
  add: (tables: ServiceWriting, delivery: NewDelivery) => Promise<number>
  /** Those that are not done with, in their order: all, or those of some ids. */
  open: (ids?: readonly number[]) => Promise<Delivery[]>
  /** One that is not done with, with its body. */
  openOne: (id: number) => Promise<{ delivery: Delivery; body: string } | undefined>
  /** Notes an attempt of one that is not done with, and when the next one is due. */
  noteAttempt: (
    tables: ServiceWriting,
    id: number,
    attempt: { readonly outcome: string; readonly nextAt: number | null },
  ) => Promise<void>
  /** Ends all that a webhook was to be told. */
  endOf: (tables: ServiceWriting, webhook: string, outcome: string) => Promise<void>
  /** A user's, newest first. */
  list: (user: number, limit: number) => Promise<Delivery[]>
  /** Those about some jobs and tasks that were made in a span of time, in the order in which things happened. */
  about: (subjects: readonly string[], span: { from: number; to: number }) => Promise<Delivery[]>
  /** Removes some of those that are done with and were made before a time; false when there was none. */
  removeBefore: (tables: ServiceWriting, time: number) => Promise<boolean>
}

const COLUMNS = [
  'id',
  'user',
  'webhook',
  'url',
  'event',
  'subject',
  'attempts',
  'next_at as nextAt',
  'outcome',
  'created_at as createdAt',
] as const

/** Makes what reads and changes deliveries. */
export function createDeliveryStore(
  committed: ServiceReading,
  { now }: { now: () => number },
): DeliveryStore {
  const deliveries = () => committed.selectFrom('deliveries').select(COLUMNS)

  return {
    async add(tables, delivery) {
      const time = now()
      const { id } = await tables
        .insertInto('deliveries')
        .values({ ...delivery, next_at: time, created_at: time })
        .returning('id')
        .executeTakeFirstOrThrow()
      return id
    },
    open(ids) {
      const open = deliveries().where('next_at', 'is not', null).orderBy('id')
      return (ids === undefined ? open : open.where('id', 'in', ids)).execute()
    },
    async openOne(id) {
      const row = await deliveries()
        .select('body')
        .where('id', '=', id)
        .where('next_at', 'is not', null)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const { body, ...delivery } = row
      return { delivery, body }
    },
    async noteAttempt(tables, id, { outcome, nextAt }) {
      await tables
        .updateTable('deliveries')
        .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), outcome, next_at: nextAt }))
        .where('id', '=', id)
        .where('next_at', 'is not', null)
        .execute()
    },
    async endOf(tables, webhook, outcome) {
      await tables
        .updateTable('deliveries')
        .set({ outcome, next_at: null })
        .where('webhook', '=', webhook)
        .where('next_at', 'is not', null)
        .execute()
    },
    list: (user, limit) =>
      deliveries().where('user', '=', user).orderBy('id', 'desc').limit(limit).execute(),
    // The index by age leads there; one by subject would be written for every delivery and read by nearly nobody.
    about: (subjects, { from, to }) =>
      deliveries()
        .where('created_at', '>=', from)
        .where('created_at', '<=', to)
        .where('subject', 'in', subjects)
        .orderBy('id')
        .execute(),
    async removeBefore(tables, time) {
      const old = tables
        .selectFrom('deliveries')
        .select('id')
        .where('created_at', '<', time)
        .where('next_at', 'is', null)
        .limit(SWEPT_AT_ONCE)
      const { numDeletedRows } = await tables
        .deleteFrom('deliveries')
        .where('id', 'in', old)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}
