import assert from 'node:assert/strict'
import { Hono } from 'hono'
import * as z from 'zod/mini'
import { ServiceError } from '../../../src/base/errors.ts'
import { WEBHOOK_EVENTS } from '../../../src/doors/jobs/webhooks/webhook-events.ts'
import { createWebhookRoutes } from '../../../src/doors/jobs/webhooks/webhook-routes.ts'
import {
  createWebhookStore,
  type WebhookStore,
} from '../../../src/doors/jobs/webhooks/webhook-store.ts'
import type { HttpEnv } from '../../../src/http/root-app.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { ANN, BEN, openJobs } from './notifying-fixture.ts'

const API_URL = 'https://localhost:9443/v2'
const URL_A = 'https://example.com/a'

const listSchema = z.object({
  data: z.array(z.object({ id: z.string() })),
  links: z.unknown(),
  meta: z.unknown(),
})
const oneSchema = z.object({ data: z.object({ id: z.string() }) })

describe('webhook routes', () => {
  const folder = useTemporaryFolder()
  let time: number
  const now = () => time++
  let jobs: ReturnType<typeof openJobs>
  let webhooks: WebhookStore
  let app: Hono<HttpEnv>
  let scopes: string[]
  let refusal: ServiceError | undefined

  before(() => {
    jobs = openJobs(folder.pathTo('jobs.sqlite'), now)
    webhooks = createWebhookStore({ now })
    const routes = createWebhookRoutes({
      database: jobs.database,
      webhooks,
      authorize: async (c, scope) => {
        scopes.push(scope)
        return c.req.header('authorization') === 'ben' ? BEN : ANN
      },
      apiUrl: () => API_URL,
    })
    app = new Hono<HttpEnv>().route('/v2', routes).onError((error, c) => {
      if (!(error instanceof ServiceError)) throw error
      refusal = error
      return c.body(null, 400)
    })
  })
  beforeEach(async () => {
    time = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
    scopes = []
    refusal = undefined
    await jobs.database.write(async (tables) => {
      for (const { id } of [ANN, BEN]) {
        for (const webhook of await webhooks.list(tables, id)) {
          await webhooks.remove(tables, webhook.id)
        }
      }
    })
  })
  after(() => jobs.database.close())

  const post = (body: unknown) =>
    app.request('/v2/webhooks', { method: 'POST', body: JSON.stringify(body) })

  const add = (user = ANN, url = URL_A) =>
    jobs.database.write((tables) =>
      webhooks.add(tables, { user: user.id, url, events: ['job.failed'] }),
    )

  const listed = () => webhooks.list(jobs.database.committed, ANN.id)
  const find = (id: string) => webhooks.find(jobs.database.committed, id)

  it('make a webhook', async () => {
    const events = ['job.finished', 'job.failed', 'job.finished']
    const response = await post({ url: URL_A, events })
    assert.equal(response.status, 201)
    const [webhook] = await listed()
    assert.ok(webhook)
    assert.deepEqual(await response.json(), {
      data: {
        id: webhook.id,
        url: URL_A,
        disabled: false,
        events: ['job.finished', 'job.failed'],
        failing: false,
        signing_secret: webhook.signingSecret,
        created_at: '2026-01-02T03:04:05+00:00',
        updated_at: '2026-01-02T03:04:05+00:00',
        links: { self: `${API_URL}/webhooks/${webhook.id}` },
      },
    })
    assert.match(webhook.signingSecret, /^[\w-]{32}$/)
    assert.deepEqual(scopes, ['webhook.write'])
  })

  const possible = WEBHOOK_EVENTS.join(', ')
  for (const { title, body, fields } of [
    {
      title: 'without a URL',
      body: { events: ['job.failed'] },
      fields: { url: ['url is missing; it must be an http: or https: URL.'] },
    },
    {
      title: 'with a URL that is none of a web server',
      body: { url: 'ftp://example.com/', events: ['job.failed'] },
      fields: { url: ['url must be an http: or https: URL, but it is "ftp://example.com/".'] },
    },
    {
      title: 'without events',
      body: { url: URL_A },
      fields: { events: [`events is missing; it must be an array of ${possible}.`] },
    },
    {
      title: 'with no event',
      body: { url: URL_A, events: [] },
      fields: {
        events: [
          `events must be an array of at least one of ${possible}, but it is an empty array.`,
        ],
      },
    },
    {
      title: 'with an event that there is not',
      body: { url: URL_A, events: ['job.failed', 'job.ended'] },
      fields: { 'events[1]': [`events[1] must be one of ${possible}, but it is "job.ended".`] },
    },
  ]) {
    it(`refuse one ${title}, and say what would be right`, async () => {
      await post(body)
      assert.equal(refusal?.code, 'invalid')
      assert.deepEqual(refusal.fields, fields)
      assert.deepEqual(await listed(), [])
    })
  }

  it('refuse more webhooks than a user may have', async () => {
    for (let n = 0; n < 100; n += 1) await add()
    await post({ url: URL_A, events: ['job.failed'] })
    assert.equal(refusal?.code, 'conflict')
    assert.equal((await listed()).length, 100)
  })

  for (const path of ['/webhooks', '/users/me/webhooks']) {
    it(`list the webhooks of a user at ${path}, oldest first`, async () => {
      const [first, second] = [await add(), await add(ANN, 'https://example.com/b')]
      await add(BEN)
      const list = listSchema.parse(await (await app.request(`/v2${path}`)).json())
      assert.deepEqual(
        list.data.map(({ id }) => id),
        [first.id, second.id],
      )
      assert.deepEqual(list.links, {
        first: `${API_URL}${path}?page=1`,
        last: null,
        prev: null,
        next: null,
      })
      const meta = { current_page: 1, from: 1, path: `${API_URL}${path}`, per_page: 100, to: 2 }
      assert.deepEqual(list.meta, meta)
      assert.deepEqual(scopes, ['webhook.read'])
    })

    for (const { filter, count } of [
      { filter: URL_A, count: 1 },
      { filter: 'https://example.com/none', count: 0 },
      { filter: '', count: 2 },
    ]) {
      it(`list ${count} of two at ${path} when the filter is "${filter}"`, async () => {
        await add()
        await add(ANN, 'https://example.com/b')
        const query = `filter[url]=${encodeURIComponent(filter)}`
        const list = listSchema.parse(await (await app.request(`/v2${path}?${query}`)).json())
        assert.equal(list.data.length, count)
      })
    }
  }

  it('show a webhook where its link leads', async () => {
    const { id } = await add()
    const shown = oneSchema.parse(await (await app.request(`/v2/webhooks/${id}`)).json())
    assert.equal(shown.data.id, id)
    assert.deepEqual(scopes, ['webhook.read'])
  })

  it('delete a webhook', async () => {
    const { id } = await add()
    const response = await app.request(`/v2/webhooks/${id}`, { method: 'DELETE' })
    assert.deepEqual([response.status, await response.text()], [204, ''])
    assert.equal(await find(id), undefined)
    assert.deepEqual(scopes, ['webhook.write'])
  })

  for (const method of ['GET', 'DELETE']) {
    it(`answer ${method} of a webhook of somebody else as if it were not there`, async () => {
      const { id } = await add(BEN)
      await app.request(`/v2/webhooks/${id}`, { method })
      assert.equal(refusal?.code, 'not_found')
      assert.equal(refusal.message, `There is no webhook "${id}".`)
      assert.equal((await find(id))?.id, id)
    })
  }
})
