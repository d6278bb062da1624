import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ServiceError } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { redact } from '../../base/redact.ts'
import { check } from '../../base/validation.ts'
import { webhookBodySchema } from '../../contract/event.ts'
import { processRequestSchema, type RequestedRendition } from '../../contract/process-request.ts'
import { openDatabase } from '../../home/database.ts'
import type { Authenticate } from '../../http/client.ts'
import type { ActionsClient } from '../../orders/actions-client.ts'
import { createSignatureCheck, EVENTS_PATH } from './event-delivery.ts'
import { openJournal } from './journal.ts'
import { createJournalRoutes, journalPath } from './journal-routes.ts'
import { createProcessing, type Processing } from './processing.ts'
import { openRegistrations } from './registrations.ts'
import { isWithoutReason, readMark } from './rendition-events.ts'
import { openRequests, type StoredRequest } from './requests.ts'
import { createSettling } from './settling.ts'

/** Adobe's service is a web action, which takes 1 MB. */
const LARGEST_BODY_BYTES = 1024 * 1024

/** Requests that may wait for their renditions; beyond it `/process` answers 429. */
const MAX_PENDING_REQUESTS = 10_000

/** Between two sweeps of what is past its retention. */
const SWEEP_INTERVAL_MS = 60 * 60 * 1000

/** A request id must fit into a header and a log line. */
const REQUEST_ID = /^[\u0021-\u007e]{1,200}$/

/** The Asset Compute API: register, unregister, process and the journal. */
export interface Gateway {
  /** To be mounted at the root. */
  app: Hono<GatewayEnvironment>
  /** Begins to work, first on what an earlier life of the service left pending. */
  start: () => void
  /** See {@link Processing.activationEnded}. */
  activationEnded: Processing['activationEnded']
  /** Begins nothing new and ends every reader's wait. */
  pause: () => void
  /** See {@link Processing.finish}. */
  finish: Processing['finish']
  /** Closes the file; nothing may be asked of the gateway any more. */
  close: () => void
}

interface GatewayEnvironment {
  Variables: { requestId: string }
}

/**
 * Opens the gateway whose state is in `options.home`.
 *
 * @param options.identityHeaders - what a custom worker gets to see of a client: its token, organisation and so on
 * @throws {Error} when another service uses the same state
 */
export function openGateway(options: {
  home: string
  origin: () => string
  authenticate: Authenticate
  /** Private key, PEM, that the workers sign their events with. */
  eventKey: string
  actions: ActionsClient
  /** Names the action of this project that makes a rendition which names no worker of its own. */
  builtInAction: (rendition: RequestedRendition) => string
  identityHeaders: (request: StoredRequest) => Promise<Record<string, string>>
  log: Log
  now: () => number
}): Gateway {
  const { log, now, authenticate } = options
  const database = openDatabase(path.join(options.home, 'gateway.sqlite'))
  const registrations = openRegistrations(database)
  const workerOf = (rendition: RequestedRendition): string =>
    rendition.worker ?? options.builtInAction(rendition)
  const requests = openRequests(database, { workerOf, now })
  const journal = openJournal(database, now)
  const settle = createSettling({ database, requests, journal })
  const processing = createProcessing({ ...options, workerOf, requests, settle })
  const isSigned = createSignatureCheck(options.eventKey)
  const stopping = new AbortController()

  async function sweep(): Promise<void> {
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

  const app = new Hono<GatewayEnvironment>()

  app.use(async (c, next) => {
    const given = c.req.header('x-request-id') ?? ''
    const requestId = REQUEST_ID.test(given) ? given : randomUUID()
    c.set('requestId', requestId)
    await next()
    c.header('X-Request-Id', requestId)
  })

  app.onError((error, c) => {
    const requestId = c.get('requestId')
    if (stopping.signal.aborted && !(error instanceof ServiceError)) {
      // Its file was closed under a request whose sender is gone.
      return c.json({ ok: false, requestId, message: 'The service is stopping.' }, 503)
    }
    if (!(error instanceof ServiceError)) {
      log.error(
        `${requestId}: ${c.req.method} ${c.req.path} failed: ${error.stack ?? error.message}`,
      )
      const message = 'The service could not do its part; its log tells why under this requestId.'
      return c.json({ ok: false, requestId, message }, 500)
    }
    log.debug(
      `${requestId}: ${c.req.method} ${c.req.path} answered ${error.status}: ${error.message}`,
    )
    const headers = { ...error.headers, 'X-Request-Id': requestId }
    // The API page: "The body is empty."
    if (error.status === 429) return new Response(null, { status: 429, headers })
    const body = { ok: false, requestId, message: error.message }
    return Response.json(body, { status: error.status, headers })
  })

  app.use(
    bodyLimit({
      maxSize: LARGEST_BODY_BYTES,
      onError: () => {
        throw new ServiceError(
          'too_large',
          `The body is larger than ${LARGEST_BODY_BYTES} bytes, the most that is taken.`,
        )
      },
    }),
  )

  app.post('/register', async (c) => {
    const registration = await registrations.register(await authenticate(c.req.raw.headers))
    const journalUrl = `${options.origin()}${journalPath(registration)}`
    return c.json({ ok: true, journal: journalUrl, requestId: c.get('requestId') })
  })

  app.post('/unregister', async (c) => {
    const found = await registrations.unregister(await authenticate(c.req.raw.headers))
    // The API page prints `"ok": true` for a 404 as well.
    return c.json({ ok: true, requestId: c.get('requestId') }, found ? 200 : 404)
  })

  app.post('/process', async (c) => {
    const client = await authenticate(c.req.raw.headers)
    const body = check(processRequestSchema, parseJson(await c.req.text()))
    if (!body.ok) throw new ServiceError('invalid', body.message)
    const registration = registrations.ofClient(client)
    if (registration === undefined) throw notRegistered()
    if (processing.waiting() >= MAX_PENDING_REQUESTS) {
      throw new ServiceError('too_many_requests', 'Too many requests are pending.', {
        headers: { 'Retry-After': '1' },
      })
    }
    const requestId = c.get('requestId')
    const request = await requests.accept(registration.id, client, requestId, body.value)
    if (request === undefined) throw notRegistered()
    processing.begin(request, body.value.renditions)
    return c.json({ ok: true, requestId })
  })

  app.post(EVENTS_PATH, async (c) => {
    const text = await c.req.text()
    if (!isSigned(text, c.req.header('x-ac-hmac-signature') ?? '')) {
      throw new ServiceError(
        'unauthenticated',
        'The event is not signed with the key of this service.',
      )
    }
    const body = check(webhookBodySchema, parseJson(text))
    if (!body.ok) throw new ServiceError('invalid', body.message)
    const { event } = body.value
    const mark = readMark(event)
    const request = mark === undefined ? undefined : requests.byId(mark.request)
    if (mark === undefined || request === undefined) {
      log.warn(
        `An event about no rendition of this service was dropped: ${event.type} ${event.requestId}`,
      )
    } else if (isWithoutReason(event) && processing.isUnderWay(request)) {
      log.debug(`${request.requestId}: the reason of a failure is awaited`)
    } else if (await settle(request, mark.position, event)) {
      const what = `${request.requestId}: ${event.type} ${describeRendition(event.rendition)}`
      if (event.type === 'rendition_created') log.info(what)
      else log.warn(`${what}: ${redact(event.errorMessage ?? 'no reason given')}`)
    }
    return c.json({ ok: true, requestId: c.get('requestId') })
  })

  const routes = createJournalRoutes({
    journal,
    registrations,
    authenticate,
    stopping: stopping.signal,
    now,
  })
  app.route('/', routes)

  app.all('/:endpoint{register|unregister|process}', (c) => {
    const message = `${c.req.method} ${c.req.path} is not possible; it must be POST.`
    throw new ServiceError('method_not_allowed', message, { headers: { Allow: 'POST' } })
  })
  // Not `notFound`, which would be lost where this app is mounted in another.
  app.all('*', (c) => {
    throw new ServiceError(
      'not_found',
      `There is nothing at ${c.req.path}; the Asset Compute API is /register, /unregister and /process.`,
    )
  })

  return {
    app,
    start() {
      processing.start()
      void sweep()
    },
    activationEnded: processing.activationEnded,
    pause() {
      processing.pause()
      stopping.abort()
    },
    finish: processing.finish,
    close() {
      clearInterval(sweepTimer)
      database.close()
    },
  }
}

function notRegistered(): ServiceError {
  return new ServiceError('not_found', 'This client is not registered; POST /register comes first.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ServiceError('invalid', 'The body must be JSON, and it is not.', { cause: error })
  }
}

function describeRendition(rendition: Record<string, unknown>): string {
  const { name, fmt } = rendition
  return typeof name === 'string' ? name : String(fmt)
}
