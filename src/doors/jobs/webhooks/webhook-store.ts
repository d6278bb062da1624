import { randomBytes, randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import * as z from 'zod/mini'
import type { ServiceReading, ServiceWriting } from '../../../database/service-database.ts'
import type { ServiceTables } from '../../../database/service-tables.ts'
import { WEBHOOK_EVENTS, type WebhookEvent } from './webhook-events.ts'

/** A URL that a user wants to be called when something happens. Times are milliseconds since 1970. */
export interface Webhook {
  readonly id: string
  readonly user: number
  readonly url: string
  readonly events: readonly WebhookEvent[]
  /** With which what is sent to it is signed. */
  readonly signingSecret: string
  /** It is not called any more: it said that it is gone. */
  readonly disabled: boolean
  /** What was last sent to it was given up. */
  readonly failing: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** Webhooks as they are in the database, committed or not. */
export interface WebhookStore {
  add: (
    tables: ServiceWriting,
    webhook: Pick<Webhook, 'user' | 'url' | 'events'>,
  ) => Promise<Webhook>
  /** A user's, oldest first; those of one URL when it is given. */
  list: (tables: ServiceReading, user: number, url?: string) => Promise<Webhook[]>
  find: (tables: ServiceReading, id: string) => Promise<Webhook | undefined>
  /** Removes it with all that was to be sent to it. */
  remove: (tables: ServiceWriting, id: string) => Promise<void>
  disable: (tables: ServiceWriting, id: string) => Promise<void>
  setFailing: (tables: ServiceWriting, id: string, failing: boolean) => Promise<void>
}

const eventsSchema = z.array(z.enum(WEBHOOK_EVENTS))

function toWebhook({
  events,
  signing_secret: signingSecret,
  disabled,
  failing,
  created_at: createdAt,
  updated_at: updatedAt,
  ...others
}: Selectable<ServiceTables['webhooks']>): Webhook {
  return {
    ...others,
    events: eventsSchema.parse(JSON.parse(events)),
    signingSecret,
    disabled: disabled === 1,
    failing: failing === 1,
    createdAt,
    updatedAt,
  }
}

/** Makes what reads and changes webhooks. */
export function createWebhookStore({ now }: { now: () => number }): WebhookStore {
  return {
    async add(tables, { user, url, events }) {
      const time = now()
      const row = await tables
        .insertInto('webhooks')
        .values({
          id: randomUUID(),
          user,
          url,
          events: JSON.stringify([...new Set(events)]),
          signing_secret: randomBytes(24).toString('base64url'),
          created_at: time,
          updated_at: time,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return toWebhook(row)
    },
    async list(tables, user, url) {
      const rows = await tables
        .selectFrom('webhooks')
        .selectAll()
        .where('user', '=', user)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      const all = rows.map(toWebhook)
      return url === undefined ? all : all.filter((webhook) => webhook.url === url)
    },
    async find(tables, id) {
      const row = await tables
        .selectFrom('webhooks')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      return row && toWebhook(row)
    },
    async remove(tables, id) {
      await tables.deleteFrom('webhooks').where('id', '=', id).execute()
    },
    async disable(tables, id) {
      await tables
        .updateTable('webhooks')
        .set({ disabled: 1, updated_at: now() })
        .where('id', '=', id)
        .where('disabled', '=', 0)
        .execute()
    },
    async setFailing(tables, id, isFailing) {
      const failing = Number(isFailing)
      await tables
        .updateTable('webhooks')
        .set({ failing, updated_at: now() })
        .where('id', '=', id)
        .where('failing', '<>', failing)
        .execute()
    },
  }
}
