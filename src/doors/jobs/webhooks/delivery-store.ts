import * as z from 'zod/mini'
import { type Database, SWEPT_AT_ONCE } from '../../../home/database.ts'

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

/** Deliveries as they are on the disk. What changes them is to be called inside {@link Database.write}. */
export interface DeliveryStore {
  add: (delivery: NewDelivery) => void
  /** Those with a larger id than this one that are not done with, in their order. */
  openAfter: (id: number) => Delivery[]
  /** One that is not done with, with its body. */
  openOne: (id: number) => { delivery: Delivery; body: string } | undefined
  /** Notes an attempt of one that is not done with, and when the next one is due. */
  noteAttempt: (id: number, outcome: string, nextAt: number | null) => void
  /** Ends all that a webhook was to be told. */
  endOf: (webhook: string, outcome: string) => void
  /** A user's, newest first. */
  list: (user: number, limit: number) => Delivery[]
  /** Those about some jobs and tasks that were made in a span of time, in the order in which things happened. */
  about: (subjects: readonly string[], span: { from: number; to: number }) => Delivery[]
  /** Removes some of those that are done with and were made before a time; false when there was none. */
  removeBefore: (time: number) => boolean
}

const columns = z.object({
  id: z.int(),
  user: z.int(),
  webhook: z.nullable(z.string()),
  url: z.string(),
  event: z.string(),
  subject: z.string(),
  attempts: z.int(),
  next_at: z.nullable(z.int()),
  outcome: z.nullable(z.string()),
  created_at: z.int(),
})
const bodyRow = z.object({ body: z.string() })
const lastRow = z.object({ last: z.nullable(z.int()) })

function toDelivery(row: unknown): Delivery {
  const { next_at: nextAt, created_at: createdAt, ...others } = columns.parse(row)
  return { ...others, nextAt, createdAt }
}

const COLUMNS = 'id, user, webhook, url, event, subject, attempts, next_at, outcome, created_at'

/** Opens the deliveries in `database`. */
export function openDeliveryStore(
  database: Database,
  { now }: { now: () => number },
): DeliveryStore {
  const sql = {
    last: database.prepare('SELECT max(id) AS last FROM deliveries'),
    insert: database.prepare(
      `INSERT INTO deliveries (id, user, webhook, url, event, subject, body, next_at, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)`,
    ),
    openAfter: database.prepare(
      `SELECT ${COLUMNS} FROM deliveries WHERE id > ? AND next_at IS NOT NULL ORDER BY id`,
    ),
    openOne: database.prepare('SELECT * FROM deliveries WHERE id = ? AND next_at IS NOT NULL'),
    noteAttempt: database.prepare(
      `UPDATE deliveries SET attempts = attempts + 1, outcome = ?, next_at = ?
         WHERE id = ? AND next_at IS NOT NULL`,
    ),
    endOf: database.prepare(
      'UPDATE deliveries SET outcome = ?, next_at = NULL WHERE webhook = ? AND next_at IS NOT NULL',
    ),
    list: database.prepare(
      `SELECT ${COLUMNS} FROM deliveries WHERE user = ? ORDER BY id DESC LIMIT ?`,
    ),
    // The index by age leads there; one by subject would be written for every delivery and read by nearly nobody.
    about: database.prepare(
      `SELECT ${COLUMNS} FROM deliveries WHERE created_at BETWEEN ? AND ?
         AND subject IN (SELECT value FROM json_each(?)) ORDER BY id`,
    ),
    removeBefore: database.prepare(
      `DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries
         WHERE created_at < ? AND next_at IS NULL LIMIT ${SWEPT_AT_ONCE})`,
    ),
  }
  // SQLite would give the id of a removed delivery to another one.
  let { last } = lastRow.parse(sql.last.get())

  return {
    add({ user, webhook, url, event, subject, body }) {
      last = (last ?? 0) + 1
      sql.insert.run(last, user, webhook, url, event, subject, body, now())
    },
    openAfter: (id) => sql.openAfter.all(id).map(toDelivery),
    openOne(id) {
      const row = sql.openOne.get(id)
      return row && { delivery: toDelivery(row), body: bodyRow.parse(row).body }
    },
    noteAttempt: (id, outcome, nextAt) => void sql.noteAttempt.run(outcome, nextAt, id),
    endOf: (webhook, outcome) => void sql.endOf.run(outcome, webhook),
    list: (user, limit) => sql.list.all(user, limit).map(toDelivery),
    about: (subjects, { from, to }) =>
      sql.about.all(from, to, JSON.stringify(subjects)).map(toDelivery),
    removeBefore: (time) => sql.removeBefore.run(time).changes > 0,
  }
}
