import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { Hono } from 'hono'
import { ServiceError } from '../../base/errors.ts'
import { isRecord } from '../../base/json.ts'
import type { Log } from '../../base/log.ts'
import { redact } from '../../base/redact.ts'
import { webhookBodySchema } from '../../contract/event.ts'
import { checkJson, readText } from '../../http/read-request.ts'
import type { HttpEnv } from '../../http/root-app.ts'
import type { Orders } from '../../orders/orders.ts'
import { isWithoutReason, readMark, type Settle } from './rendition-events.ts'
import type { AcceptedRequests } from './requests.ts'

/**
 * `POST` {@link EVENTS_PATH}: where workers report renditions, with the SDK's own webhook path.
 *
 * @param options.eventKey - private key, PEM, that the workers sign their events with
 * @param options.mostBytes - the largest event that is taken
 */
export function createEventRoutes(options: {
  eventKey: string
  requests: AcceptedRequests
  orders: Pick<Orders, 'isUnderWay'>
  settle: Settle
  mostBytes: number
  log: Log
}): Hono<HttpEnv> {
  const { requests, orders, settle, mostBytes, log } = options
  const isSigned = createSignatureCheck(options.eventKey)

  return new Hono<HttpEnv>().post(EVENTS_PATH, async (c) => {
    const text = await readText(c, { mostBytes })
    if (!isSigned(text, c.req.header('x-ac-hmac-signature') ?? '')) {
      throw new ServiceError(
        'unauthenticated',
        'The event is not signed with the key of this service.',
      )
    }
    const { event } = checkJson(text, webhookBodySchema, {
      noJson: 'The body must be JSON, and it is not.',
    })
    const mark = readMark(event)
    const request = mark === undefined ? undefined : requests.byId(mark.request)
    if (mark === undefined || request === undefined) {
      log.warn(
        `An event about no rendition of this service was dropped: ${event.type} ${event.requestId}`,
      )
    } else if (isWithoutReason(event) && isUnderWay(mark)) {
      log.debug(`${request.requestId}: the reason of a failure is awaited`)
    } else if (await settle(request, mark.position, event)) {
      const what = `${request.requestId}: ${event.type} ${describeRendition(event.rendition)}`
      if (event.type === 'rendition_created') log.info(what)
      else log.warn(`${what}: ${redact(event.errorMessage ?? 'no reason given')}`)
    }
    return c.json({ ok: true, requestId: c.get('requestId') })
  })

  function isUnderWay(mark: { request: number; position: number }): boolean {
    const rendition = requests.rendition(mark.request, mark.position)
    return rendition !== undefined && orders.isUnderWay(rendition.order)
  }
}

function describeRendition(rendition: Record<string, unknown>): string {
  const { name, fmt } = rendition
  return typeof name === 'string' ? name : String(fmt)
}

/** Where a worker posts its events, on this service. */
export const EVENTS_PATH = '/asset-compute/events'

/**
 * Makes the function that tells an activation of the SDK where its events go and how it signs them: the SDK's own
 * webhook path (`@adobe/asset-compute-commons`, lib/events.js). A custom worker builds its parameters itself, from the
 * headers of its web call, so only the platform can add these.
 *
 * @param options.eventKey - private key, PEM
 */
export function createEventBinding(options: {
  eventKey: string
  origin: () => string
}): (params: Record<string, unknown>) => Record<string, unknown> {
  const hmacPrivateKey = Buffer.from(options.eventKey).toString('base64')
  return (params) => {
    const { auth, renditions } = params
    if (!isRecord(auth) || !Array.isArray(renditions)) return params
    const webhookUrl = `${options.origin()}${EVENTS_PATH}`
    return { ...params, auth: { ...auth, isServiceAccount: true, webhookUrl }, hmacPrivateKey }
  }
}

/**
 * Makes the check of an event's signature: header `x-ac-hmac-signature`, SHA-256 over the body, base64
 * (`@adobe/asset-compute-commons`, lib/hmac-signature.js).
 *
 * @param eventKey - private key, PEM
 */
export function createSignatureCheck(
  eventKey: string,
): (body: string, signature: string) => boolean {
  const publicKey = createPublicKey(createPrivateKey(eventKey))
  return (body, signature) =>
    verify('sha256', Buffer.from(body), publicKey, Buffer.from(signature, 'base64'))
}
