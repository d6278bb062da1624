import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { ServiceError } from '../../../base/errors.ts'
import { isWebUrl } from '../../../base/web-url.ts'
import type { ServiceDatabase } from '../../../database/service-database.ts'
import { readJson } from '../../../http/read-request.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { KeyScope } from '../../../identity/accounts.ts'
import type { Authorize } from '../api/authorize.ts'
import { listBody } from '../api/lists.ts'
import { WEBHOOK_EVENTS } from './webhook-events.ts'
import { webhookJson } from './webhook-json.ts'
import type { Webhook, WebhookStore } from './webhook-store.ts'

const MOST_BODY_BYTES = 64 * 1024

/** Each event is sent to all of a user's webhooks; a list is one page. */
const MOST_WEBHOOKS = 100

const MOST_URL_LENGTH = 4096

/** Schema of the body of `POST /webhooks`. */
export const webhookRequestSchema = z.object({
  url: z
    .string('an http: or https: URL')
    .check(
      z.refine(isWebUrl, 'an http: or https: URL'),
      z.maxLength(MOST_URL_LENGTH, `a URL of at most ${MOST_URL_LENGTH} characters`),
    ),
  events: z
    .array(
      z.enum(WEBHOOK_EVENTS, `one of ${WEBHOOK_EVENTS.join(', ')}`),
      `an array of ${WEBHOOK_EVENTS.join(', ')}`,
    )
    .check(z.minLength(1, `an array of at least one of ${WEBHOOK_EVENTS.join(', ')}`)),
})

/**
 * `POST /webhooks`, `GET /webhooks`, `GET /users/me/webhooks`, `GET /webhooks/:id`, `DELETE /webhooks/:id`.
 *
 * @param options.authorize - whose key the request carries; refuses one that may not do what the scope says
 * @param options.apiUrl - where these routes are mounted, such as `https://localhost:9443/v2`
 */
export function createWebhookRoutes(options: {
  database: ServiceDatabase
  webhooks: WebhookStore
  authorize: Authorize
  apiUrl: () => string
}): Hono<HttpEnv> {
  const { database, webhooks, authorize, apiUrl } = options
  const json = (webhook: Webhook): object => webhookJson(webhook, apiUrl())

  async function list(c: Context<HttpEnv>): Promise<Response> {
    const user = await authorize(c, 'webhook.read')
    // An empty filter is none: some clients send all of them.
    const url = c.req.query('filter[url]') || undefined
    const data = (await webhooks.list(database.committed, user.id, url)).map(json)
    const path = `${apiUrl()}${c.req.path.endsWith('/users/me/webhooks') ? '/users/me' : ''}/webhooks`
    return c.json(listBody({ page: 1, perPage: MOST_WEBHOOKS }, data, path))
  }

  async function find(c: Context<HttpEnv>, scope: KeyScope): Promise<Webhook> {
    const user = await authorize(c, scope)
    const id = c.req.param('id') ?? ''
    const webhook = await webhooks.find(database.committed, id)
    if (webhook?.user === user.id) return webhook
    throw new ServiceError('not_found', `There is no webhook ${JSON.stringify(id.slice(0, 60))}.`)
  }

  return new Hono<HttpEnv>()
    .post('/webhooks', async (c) => {
      const user = await authorize(c, 'webhook.write')
      const wanted = await readJson(c, webhookRequestSchema, { mostBytes: MOST_BODY_BYTES })
      const webhook = await database.write(async (tables) => {
        if ((await webhooks.list(tables, user.id)).length >= MOST_WEBHOOKS) {
          const message = `There are ${MOST_WEBHOOKS} webhooks, the most that a user may have; one must be deleted first.`
          throw new ServiceError('conflict', message)
        }
        return webhooks.add(tables, { user: user.id, ...wanted })
      })
      return c.json({ data: json(webhook) }, 201)
    })
    .get('/webhooks', list)
    .get('/users/me/webhooks', list)
    .get('/webhooks/:id', async (c) => c.json({ data: json(await find(c, 'webhook.read')) }))
    .delete('/webhooks/:id', async (c) => {
      const { id } = await find(c, 'webhook.write')
      await database.write((tables) => webhooks.remove(tables, id))
      return c.body(null, 204)
    })
}
