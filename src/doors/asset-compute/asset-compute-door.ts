import { Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import type { Part } from '../../base/part.ts'
import { redact } from '../../base/redact.ts'
import type { CalledSource } from '../../contract/actions.ts'
import { findOversights } from '../../contract/oversights.ts'
import {
  type ProcessRequest,
  processRequestSchema,
  type RequestedRendition,
} from '../../contract/process-request.ts'
import type { ServiceDatabase } from '../../database/service-database.ts'
import type { Authenticate } from '../../http/client.ts'
import { checkJson, readText } from '../../http/read-request.ts'
import { type HttpEnv, speak } from '../../http/root-app.ts'
import type { OrderingDoor } from '../../orders/door.ts'
import type { Orders } from '../../orders/orders.ts'
import { isCustom } from '../../orders/worker.ts'
import { toRenditionFailure } from '../../renditions/failure.ts'
import type { Marks } from '../../renditions/mark.ts'
import type { RenditionDoor, RenditionResult } from '../../renditions/rendition-door.ts'
import { ADOBE } from './adobe-dialect.ts'
import { createJournalRoutes, journalPath } from './journal-routes.ts'
import { openJournal } from './journal.ts'
import { openRegistrations } from './registrations.ts'
import { createSettling, failedEvent, type Settle } from './rendition-events.ts'
import {
  type AcceptedRendition,
  type AcceptedRequest,
  type AcceptedRequests,
  DOOR,
  openAcceptedRequests,
} from './requests.ts'

/** Adobe's service is a web action, which takes 1 MB. */
const LARGEST_BODY_BYTES = 1024 * 1024

/** Orders of a client that may wait for their turn at a front end; beyond it `/process` answers 429. */
const MAX_WAITING_ORDERS = 10_000

/** Between two sweeps of what is past its retention, in milliseconds. */
const SWEEP_INTERVAL_MS = 60 * 60 * 1000

/** The Asset Compute API: register, unregister, process and the journal. */
export interface AssetComputeDoor extends Part, RenditionDoor {
  /** To be mounted at the root, or below any other path: the URL of the journal is below the same. */
  readonly app: Hono<HttpEnv>
  /**
   * Ends what of some requests has not ended: each rendition has its event then, and the activations that make them are ended.
   * Adobe's API has no such thing.
   *
   * @param clientId - whose they are
   * @param requestIds - some may have ended, or be none of that client's
   */
  readonly cancel: (clientId: string, requestIds: readonly string[]) => Promise<void>
}

/**
 * Opens the door, whose state is in `options.database`.
 *
 * @param options.builtInAction - names the action of this project that makes a rendition which names no worker of its own
 * @param options.identityHeaders - what a custom worker gets to see of a client: its token, organisation and so on
 * @param options.marks - by which events of workers are known
 * @param options.completeTarget - is told what was uploaded, where, and of which type, before anybody hears of it
 * @param options.onRendition - is told how each rendition has ended
 * @param options.isFirst - whether this front end does what is done once for all of them; it is the only one unless given
 * @param options.elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function openAssetComputeDoor(options: {
  database: ServiceDatabase
  orders: Orders
  origin: () => string
  authenticate: Authenticate
  builtInAction: (rendition: RequestedRendition, source: CalledSource) => string
  identityHeaders: (request: AcceptedRequest, workerUrl: string) => Promise<Record<string, string>>
  marks: Pick<Marks, 'put'>
  completeTarget?: (target: unknown, contentType: string) => Promise<void>
  onRendition?: (rendition: RenditionResult) => void
  isFirst?: () => boolean
  log: Log
  now: () => number
  elapsed?: () => number
}): AssetComputeDoor {
  const { database, orders, log, now, authenticate, isFirst = () => true } = options
  const registrations = openRegistrations(database)
  const chooseWorker = (rendition: RequestedRendition, source: ProcessRequest['source']) =>
    rendition.worker ??
    options.builtInAction(rendition, typeof source === 'string' ? { url: source } : (source ?? {}))
  const requests = openAcceptedRequests(database, { orders, chooseWorker, now })
  const journal = openJournal(database, now)
  const settle = createSettling({ ...options, requests, journal })
  orders.serve(DOOR, createRenditionOrders({ ...options, requests, settle }))
  const stopping = new AbortController()

  async function sweep(): Promise<void> {
    if (!isFirst()) return
    try {
      await journal.sweep()
      await requests.sweep()
    } catch (error) {
      if (stopping.signal.aborted) return
      log.error(`What is past its retention could not be removed: ${String(error)}`)
    }
  }
  const sweepTimer = setInterval(() => void sweep(), SWEEP_INTERVAL_MS)
  sweepTimer.unref()

  const app = new Hono<HttpEnv>().use(speak(ADOBE)).use(async (c, next) => {
    await next()
    c.header('X-Request-Id', c.get('requestId'))
  })

  app.post('/register', async (c) => {
    const registration = await registrations.register(await authenticate(c.req.raw.headers))
    const mount = new URL(c.req.url).pathname.replace(/\/register$/, '')
    const journalUrl = `${options.origin()}${mount}${journalPath(registration)}`
    return c.json({ ok: true, journal: journalUrl, requestId: c.get('requestId') })
  })

  app.post('/unregister', async (c) => {
    const client = await authenticate(c.req.raw.headers)
    const found = await registrations.unregister(client, (tables, { id }) =>
      requests.forgetOrders(tables, id),
    )
    // The API page prints `"ok": true` for a 404 as well.
    return c.json({ ok: true, requestId: c.get('requestId') }, found ? 200 : 404)
  })

  app.post('/process', async (c) => {
    const text = await readText(c, { mostBytes: LARGEST_BODY_BYTES })
    const client = await authenticate(c.req.raw.headers)
    const body = checkJson(text, processRequestSchema, {
      noJson: 'The body must be JSON, and it is not.',
    })
    const registration = await registrations.ofClient(client)
    if (registration === undefined) throw notRegistered()
    if (orders.waiting(DOOR, client.clientId) >= MAX_WAITING_ORDERS) {
      throw new ServiceError('too_many_requests', 'Too many requests of this client are pending.', {
        headers: { 'Retry-After': '1' },
      })
    }
    const requestId = c.get('requestId')
    const accepted = await requests.accept(registration.id, client, requestId, body)
    if (accepted === undefined) throw notRegistered()
    for (const { message } of findOversights(body)) log.warn(message, { requestId, door: DOOR })
    for (const order of accepted) orders.begin(order)
    return c.json({ ok: true, requestId })
  })

  for (const path of ['/register', '/unregister', '/process']) {
    app.all(path, (c) => {
      const message = `${c.req.method} ${c.req.path} is not possible; it must be POST.`
      throw new ServiceError('method_not_allowed', message, { headers: { Allow: 'POST' } })
    })
  }

  const routes = { journal, registrations, stopping: stopping.signal }
  app.route('/', createJournalRoutes({ ...options, ...routes }))

  return {
    app,
    async cancel(clientId, requestIds) {
      const wanted = new Set(requestIds)
      const underWay = await requests.underWay(clientId)
      const found = underWay.filter(({ requestId }) => wanted.has(requestId))
      await Promise.all(found.map(({ order }) => orders.cancel(order)))
    },
    async receive(order, item, event) {
      const request = await requests.byOrder(order.id)
      const asked = request && (await requests.rendition(database.committed, request.id, item))
      if (request === undefined || asked?.order !== order.id) return undefined
      if (event.type === 'rendition_created') {
        const type = event.metadata?.['dc:format']
        const contentType = typeof type === 'string' ? type : 'application/octet-stream'
        await options.completeTarget?.(asked.instructions.target, contentType)
      }
      return { title: request.requestId, ended: await settle(request, item, event) }
    },
    start: () => void sweep(),
    pause: () => stopping.abort(),
    close: () => clearInterval(sweepTimer),
  }
}

function notRegistered(): ServiceError {
  return new ServiceError(
    'not_registered',
    'This client is not registered; POST /register comes first.',
  )
}

/**
 * What orders ask of this door: how a worker of the Asset Compute SDK is called for renditions, and the event of those
 * that no worker has reported.
 *
 * @param options.identityHeaders - what a custom worker gets to see of a client
 */
export function createRenditionOrders(options: {
  requests: AcceptedRequests
  identityHeaders: (request: AcceptedRequest, workerUrl: string) => Promise<Record<string, string>>
  settle: Settle
  marks: Pick<Marks, 'put'>
  log: Log
  now: () => number
}): OrderingDoor {
  const { requests, settle, marks, log, now } = options

  async function renditionsOf(
    request: AcceptedRequest,
    items: readonly number[],
  ): Promise<AcceptedRendition[]> {
    const all = await requests.renditions(request.id)
    return all.filter(({ position }) => items.includes(position))
  }

  return {
    async call(order, items) {
      const request = await requests.byOrder(order.id)
      if (request === undefined) return undefined
      const { source, userData, requestId, client } = request
      const { orgId, clientId } = client
      const renditions = await renditionsOf(request, items)
      const params = {
        source: typeof source === 'string' ? { url: source } : source,
        renditions: renditions.map(({ position, instructions }) =>
          marks.put(instructions, { order: order.id, item: position }),
        ),
        userData,
        times: {
          gateway: new Date(request.acceptedAt).toISOString(),
          process: new Date(now()).toISOString(),
        },
      }
      return {
        title: requestId,
        // A custom worker reads who asks off the headers of its web call.
        params: isCustom(order) ? params : { ...params, requestId, auth: { orgId, clientId } },
        identify: () => options.identityHeaders(request, order.worker),
      }
    },

    async fail(order, items, failure) {
      const request = await requests.byOrder(order.id)
      if (request === undefined) return
      const told = { ...toRenditionFailure(failure), activationId: failure.activationId }
      for (const { position, instructions } of await renditionsOf(request, items)) {
        if (!(await settle(request, position, failedEvent(request, instructions, told, now())))) {
          continue
        }
        const name = instructions.name ?? `rendition ${position}`
        log.warn(`${name} failed: ${redact(told.message)}`, {
          requestId: request.requestId,
          door: DOOR,
          order: order.id,
        })
      }
    },
  }
}
