import { randomBytes, randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import type { Database } from '../../../home/database.ts'
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

/** Webhooks as they are on the disk. What changes them is to be called inside {@link Database.write}. */
export interface WebhookStore {
  add: (webhook: Pick<Webhook, 'user' | 'url' | 'events'>) => Webhook
  /** A user's, oldest first; those of one URL when it is given. */
  list: (user: number, url?: string) => Webhook[]
  find: (id: string) => Webhook | undefined
  /** Removes it with all that was to be sent to it. */
  remove: (id: string) => void
  disable: (id: string) => void
  setFailing: (id: string, failing: boolean) => void
}

const row = z.object({
  id: z.string(),
  user: z.int(),
  url: z.string(),
  events: z.string(),
  signing_secret: z.string(),
  disabled: z.int(),
  failing: z.int(),
  created_at: z.int(),
  updated_at: z.int(),
})

const eventsSchema = z.array(z.enum(WEBHOOK_EVENTS))

function toWebhook(value: unknown): Webhook {
  const { events, signing_secret, disabled, failing, created_at, updated_at, ...others } =
    row.parse(value)
  return {
    ...others,
    events: eventsSchema.parse(JSON.parse(events)),
    signingSecret: signing_secret,
    disabled: disabled === 1,
    failing: failing === 1,
    createdAt: created_at,
    updatedAt: updated_at,
  }
}

/** Opens the webhooks in `database`. */
export function openWebhookStore(database: Database, { now }: { now: () => number }): WebhookStore {
  const sql = {
    insert: database.prepare(
      `INSERT INTO webhooks (id, user, url, events, signing_secret, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) RETURNING *`,
    ),
    list: database.prepare('SELECT * FROM webhooks WHERE user = ? ORDER BY created_at, rowid'),
    find: database.prepare('SELECT * FROM webhooks WHERE id = ?'),
    remove: database.prepare('DELETE FROM webhooks WHERE id = ?'),
    disable: database.prepare(
      'UPDATE webhooks SET disabled = 1, updated_at = ? WHERE id = ? AND disabled = 0',
    ),
    setFailing: database.prepare(
      'UPDATE webhooks SET failing = ?1, updated_at = ?2 WHERE id = ?3 AND failing <> ?1',
    ),
  }
  return {
    add({ user, url, events }) {
      const secret = randomBytes(24).toString('base64url')
      const wanted = JSON.stringify([...new Set(events)])
      return toWebhook(sql.insert.get(randomUUID(), user, url, wanted, secret, now()))
    },
    list(user, url) {
      const all = sql.list.all(user).map(toWebhook)
      return url === undefined ? all : all.filter((webhook) => webhook.url === url)
    },
    find(id) {
      const found = sql.find.get(id)
      return found === undefined ? undefined : toWebhook(found)
    },
    remove: (id) => void sql.remove.run(id),
    disable: (id) => void sql.disable.run(now(), id),
    setFailing: (id, failing) => void sql.setFailing.run(Number(failing), now(), id),
  }
}
