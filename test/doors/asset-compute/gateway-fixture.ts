import assert from 'node:assert/strict'
import { createSign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { ServiceError } from '../../../src/base/errors.ts'
import { formatText, type LogSubject } from '../../../src/base/log.ts'
import { openServiceFile } from '../../../src/database/service-database.ts'
import { ADOBE, nothingAt } from '../../../src/doors/asset-compute/adobe-dialect.ts'
import { openAssetComputeDoor } from '../../../src/doors/asset-compute/asset-compute-door.ts'
import { DOOR } from '../../../src/doors/asset-compute/requests.ts'
import { createRootApp } from '../../../src/http/root-app.ts'
import { type Credentials, openCredentials } from '../../../src/identity/credentials.ts'
import { createIms } from '../../../src/identity/ims.ts'
import type { ActionsClient } from '../../../src/orders/actions-client.ts'
import { openOrders } from '../../../src/orders/orders.ts'
import { createEventRoutes, EVENTS_PATH } from '../../../src/renditions/event-routes.ts'
import { createMarks } from '../../../src/renditions/mark.ts'
import type { RenditionResult } from '../../../src/renditions/rendition-door.ts'

export const ORIGIN = 'https://darkroom.test'

/** By which events are known. */
export const MARKS = createMarks('secret')

export const BUILT_IN_ACTION = 'package/worker'

/** Makes those with `fmt: text`. */
export const TEXT_ACTION = 'package/document'

const renditionSchema = z.looseObject({ userData: z.record(z.string(), z.unknown()) })
const paramsSchema = z.looseObject({
  renditions: z.array(renditionSchema),
  source: z.optional(z.looseObject({ url: z.string() })),
  userData: z.optional(z.unknown()),
  requestId: z.optional(z.string()),
})

/** What a worker is started with. */
export type Params = z.infer<typeof paramsSchema>

/** One start of a worker. */
export interface Start {
  activationId: string
  /** The name of an action, or the URL of a custom worker. */
  worker: string
  params: Params
  headers: Record<string, string>
}

/** Stands for OpenWhisk: notes what is started, and ends only what a test lets end. */
export function fakeActions() {
  const starts: Start[] = []
  const results = new Map<string, unknown>()
  /** The activations that were ended before their end. */
  const cancelled: string[] = []
  /** Those that OpenWhisk knows to be under way. */
  const running = new Set<string>()
  /** How OpenWhisk answers a start: with the activation's id, or by throwing. */
  const answers = { to: (start: Start): string | Promise<string> => start.activationId }
  const waiting: { count: number; resolve: () => void }[] = []
  async function begin(worker: string, params: object, headers: Record<string, string>) {
    const copy: unknown = JSON.parse(JSON.stringify(params))
    const activationId = `activation${starts.length + 1}`
    const start = { activationId, worker, params: paramsSchema.parse(copy), headers }
    starts.push(start)
    for (const { count, resolve } of waiting) if (starts.length >= count) resolve()
    return answers.to(start)
  }

  /** The starts, once there are `count` of them. */
  async function started(count: number): Promise<Start[]> {
    if (starts.length < count) {
      await new Promise<void>((resolve) => waiting.push({ count, resolve }))
      // Whoever has started them has been answered.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return starts
  }

  return {
    starts,
    started,
    answers,
    cancelled,
    running,
    isRunning: (activationId: string): boolean => running.has(activationId),
    client: {
      invoke: (action, params) => begin(action, params, {}),
      callWorker: (url, params, headers) => begin(url, params, headers),
      ended: async (activationId) =>
        results.has(activationId) ? { activationId, result: results.get(activationId) } : undefined,
      cancel: async (activationId) => void cancelled.push(activationId),
    } satisfies ActionsClient,
    /** From now on an activation counts as ended. */
    end(activationId: string, result: unknown): void {
      results.set(activationId, result)
    },
    /** The one and only start. */
    async first(): Promise<Start> {
      const [start] = await started(1)
      assert.ok(start)
      return start
    },
  }
}

const entrySchema = z.object({
  position: z.string(),
  event: z.looseObject({
    type: z.string(),
    requestId: z.optional(z.string()),
    userData: z.optional(z.unknown()),
    rendition: z.looseObject({ name: z.optional(z.string()), userData: z.optional(z.unknown()) }),
    errorReason: z.optional(z.string()),
    errorMessage: z.optional(z.string()),
    metadata: z.optional(z.record(z.string(), z.unknown())),
  }),
})
const pageSchema = z.object({
  events: z.array(entrySchema),
  _page: z.object({ last: z.string(), count: z.number() }),
})

/** An entry of a journal as it is read over HTTP. */
export type Entry = z.infer<typeof entrySchema>

export type Event = Entry['event']

/** The credentials of all tests: making them anew takes a while. */
let credentials: Promise<Credentials> | undefined

export async function testCredentials(): Promise<Credentials> {
  credentials ??= inTemporaryFolder(openCredentials)
  return credentials
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-gateway-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A log that keeps every line. */
export function collectLog() {
  const lines: string[] = []
  const push = (message: string, named: LogSubject = {}) =>
    void lines.push(formatText({ message, named }))
  return { lines, error: push, warn: push, info: push, debug: push }
}

/** A gateway over a folder of its own, a fake OpenWhisk, the local IMS and a clock that stands until it goes on (`ms`) or is set. */
export async function openTestGateway() {
  const home = await mkdtemp(join(tmpdir(), 'darkroom-gateway-'))
  const secrets = await testCredentials()
  const clock = { ms: Date.UTC(2026, 0, 1), setBy: 0 }
  const now = () => clock.ms + clock.setBy
  const elapsed = () => clock.ms
  const log = collectLog()
  const renditions: RenditionResult[] = []
  const ims = createIms(secrets, now)
  let actions = fakeActions()
  let gateway: ReturnType<typeof open> | undefined

  function open() {
    const database = openServiceFile(join(home, 'gateway.sqlite'))
    const orders = openOrders({
      database,
      actions: actions.client,
      isRunning: actions.isRunning,
      log,
      now,
      elapsed,
    })
    const door = openAssetComputeDoor({
      database,
      orders,
      origin: () => ORIGIN,
      authenticate: ims.authenticate,
      marks: MARKS,
      onRendition: (rendition) => renditions.push(rendition),
      builtInAction: ({ fmt }) => (fmt === 'text' ? TEXT_ACTION : BUILT_IN_ACTION),
      identityHeaders: async ({ client, requestId }) => ({
        authorization: 'Bearer of-the-client',
        'x-gw-ims-org-id': client.orgId,
        'x-request-id': requestId,
      }),
      log,
      now,
      elapsed,
    })
    const stopping = new AbortController()
    const root = createRootApp({
      dialect: ADOBE,
      stopping: stopping.signal,
      nothingAt,
      log,
    })
    const events = createEventRoutes({
      eventKey: secrets.eventKey,
      orders,
      marks: MARKS,
      doors: { [DOOR]: door },
      log,
    })
    void orders.start()
    void door.start?.()
    return {
      app: root.route('/', events).route('/', door.app),
      /** To be mounted beside others. */
      door: door.app,
      cancel: door.cancel,
      orders,
      activationEnded: orders.activationEnded,
      pause(): void {
        stopping.abort()
        void orders.pause()
        void door.pause?.()
      },
      finish: orders.finish,
      async close(): Promise<void> {
        void door.close?.()
        orders.close()
        await database.close()
      },
    }
  }

  /** The gateway at work; a new one over the same folder after {@link kill}. */
  function current(): ReturnType<typeof open> {
    gateway ??= open()
    return gateway
  }

  async function headersOf(token?: string): Promise<Record<string, string>> {
    return {
      authorization: `Bearer ${token ?? (await ims.issue(secrets)).accessToken}`,
      'x-gw-ims-org-id': secrets.orgId,
      'x-api-key': secrets.clientId,
    }
  }

  /** The credentials of the program that does all that is not told otherwise. */
  const headers = await headersOf()

  const request = async (path: string, init: RequestInit = {}) =>
    current().app.request(`${ORIGIN}${path}`, { ...init, headers: withDefaults(init.headers) })

  function withDefaults(others: RequestInit['headers']): Headers {
    const all = new Headers(headers)
    for (const [name, value] of new Headers(others)) all.set(name, value)
    return all
  }

  async function register(): Promise<string> {
    const response = await request('/register', { method: 'POST' })
    const body: unknown = await response.json()
    assert.equal(response.status, 200)
    const { journal } = z.object({ journal: z.string() }).parse(body)
    return journal.slice(ORIGIN.length)
  }

  /** Posts a request; its events may be shown from then on. */
  async function process(body: object, init: { headers?: Record<string, string> } = {}) {
    const response = await request('/process', {
      method: 'POST',
      headers: init.headers ?? {},
      body: JSON.stringify(body),
    })
    clock.ms += 1000
    const answer: unknown = await response.json()
    assert.equal(response.status, 200, JSON.stringify(answer))
    return z.object({ requestId: z.string() }).parse(answer).requestId
  }

  /** Posts an event as the SDK does; resolves with the status. */
  async function postEvent(event: object, signature?: string): Promise<number> {
    const body = JSON.stringify({ user_guid: 'org', event_code: 'asset_compute', event })
    const { status } = await current().app.request(`${ORIGIN}${EVENTS_PATH}`, {
      method: 'POST',
      headers: { 'x-ac-hmac-signature': signature ?? sign(body, secrets.eventKey) },
      body,
    })
    return status
  }

  /** Reports a rendition of a start as the SDK does. */
  function report(start: Start, position: number, fields: object = {}): Promise<number> {
    return postEvent({ ...sdkEvent(start.params, position), ...fields })
  }

  /** One page; what is not there at once is not waited for, unless `wait` is true. */
  async function read(
    path: string,
    options: { wait?: boolean; headers?: Record<string, string> } = {},
  ) {
    const response = await request(path, {
      headers: options.headers ?? {},
      // Whoever has gone is answered at once.
      ...(options.wait === true ? {} : { signal: AbortSignal.abort() }),
    })
    const text = await response.text()
    const page = response.status === 200 ? pageSchema.parse(JSON.parse(text)) : undefined
    return {
      status: response.status,
      text,
      headers: response.headers,
      entries: page?.events ?? [],
      events: page?.events.map(({ event }) => event) ?? [],
      page: page?.['_page'],
      links: linksOf(response.headers.get('link') ?? ''),
    }
  }

  async function kill(): Promise<void> {
    gateway?.pause()
    await gateway?.close()
    gateway = undefined
    actions = fakeActions()
  }

  return {
    home,
    clock,
    log,
    /** How those have ended that have. */
    renditions,
    ims,
    secrets,
    headers,
    headersOf,
    request,
    register,
    process,
    postEvent,
    report,
    read,
    gateway: current,
    get actions() {
      return actions
    },
    /** The next `count` events of a journal that come after `since`, awaited. */
    events: async (journal: string, count: number, since = '0'): Promise<Event[]> => {
      const events: Event[] = []
      let path = `${journal}?since=${since}`
      while (events.length < count) {
        const page = await read(path, { wait: true })
        events.push(...page.events)
        path = page.links['next'] ?? assert.fail(`${page.status} without a link: ${page.text}`)
      }
      return events
    },
    /** Ends the gateway as a killed process would: nothing is finished. The next use opens it anew. */
    kill,
    /** Ends the gateway in order. The next use opens it anew. */
    stop: async (): Promise<void> => {
      gateway?.pause()
      await gateway?.finish()
      await kill()
    },
    close: async (): Promise<void> => {
      gateway?.pause()
      await gateway?.close()
      await rm(home, { recursive: true })
    },
  }
}

export type TestGateway = Awaited<ReturnType<typeof openTestGateway>>

/** Has a gateway of its own for every test of the enclosing `describe`. */
export function useGateway(): () => TestGateway {
  let gateway: TestGateway | undefined
  beforeEach(async () => {
    gateway = await openTestGateway()
  })
  afterEach(() => gateway?.close())
  return () => gateway ?? assert.fail('the gateway exists only while tests run')
}

/** Signs a webhook's body as the SDK does. */
export function sign(body: string, key: string): string {
  return createSign('RSA-SHA256').update(body).sign(key, 'base64')
}

/** What the SDK reports about a rendition of an activation's parameters. */
export function sdkEvent(params: Params, position: number): Record<string, unknown> {
  const rendition = params.renditions[position] ?? assert.fail(`there is no rendition ${position}`)
  return {
    type: 'rendition_created',
    date: '2026-01-01T00:00:00.000Z',
    requestId: params.requestId,
    source: params.source?.url,
    userData: params.userData,
    rendition: { ...rendition, target: undefined },
    metadata: { 'repo:size': 10 },
  }
}

/** A valid body of `/process`. */
export function requestBody(...names: string[]) {
  return {
    source: 'https://storage.test/source.jpg',
    renditions: (names.length === 0 ? ['a.png'] : names).map((name) => ({
      name,
      fmt: 'png',
      target: `https://storage.test/${name}?signature=hidden`,
    })),
  }
}

/** OpenWhisk's answer to a start that comes too early. */
export function tooMany(retryAfter?: string): ServiceError {
  const options = retryAfter === undefined ? {} : { headers: { 'Retry-After': retryAfter } }
  return new ServiceError('too_many_requests', 'Too many requests.', options)
}

/** A Link header's targets by their `rel`. */
function linksOf(header: string): Record<string, string | undefined> {
  return Object.fromEntries(
    [...header.matchAll(/<([^>]*)>; rel="([^"]*)"/g)].map(([, target = '', rel = '']) => [
      rel,
      target,
    ]),
  )
}

/** The body of an answer after checking its status, and that it bears the id that its header does. */
export async function answerOf(
  response: Response,
  status: number,
): Promise<Record<string, unknown>> {
  const text = await response.text()
  assert.equal(response.status, status, text)
  const { requestId, ...rest } = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  assert.equal(requestId, response.headers.get('x-request-id'))
  return rest
}

/** The message of a refusal, after checking its status and form. */
export async function refusalOf(response: Response, status: number): Promise<string> {
  const body = await answerOf(response, status)
  return z.strictObject({ ok: z.literal(false), message: z.string() }).parse(body).message
}
