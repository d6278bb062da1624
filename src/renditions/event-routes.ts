import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { Hono } from 'hono'
import { ServiceError } from '../base/errors.ts'
import { isRecord } from '../base/json.ts'
import type { Log } from '../base/log.ts'
import { redact } from '../base/redact.ts'
import { type RenditionEvent, readRemarks } from '../contract/event.ts'
import { type ProgressEvent, reportBodySchema } from '../contract/progress-event.ts'
import { checkJson, readText } from '../http/read-request.ts'
import { atDoor, type HttpEnv } from '../http/root-app.ts'
import type { Orders } from '../orders/orders.ts'
import { isWithoutReason, tellFailure } from './failure.ts'
import type { Marks } from './mark.ts'
import type { RenditionDoor } from './rendition-door.ts'

/** An event is far smaller, unless it has a rendition in it (`embedBinaryLimit`, 32 KB at most). */
const MOST_BYTES = 1024 * 1024

/**
 * `POST` {@link EVENTS_PATH}: where workers report renditions, with the SDK's own webhook path. Each event goes to the door
 * whose order it is about.
 *
 * @param options.eventKey - private key, PEM, that the workers sign their events with
 * @param options.marks - by which events say what they are about
 * @param options.doors - by the name that their orders have
 */
export function createEventRoutes(options: {
  eventKey: string
  orders: Pick<Orders, 'find' | 'heard' | 'isUnderWay'>
  marks: Pick<Marks, 'read'>
  doors: Readonly<Record<string, RenditionDoor>>
  log: Log
}): Hono<HttpEnv> {
  const { orders, marks, doors, log } = options
  const isSigned = createSignatureCheck(options.eventKey)

  return new Hono<HttpEnv>().post(EVENTS_PATH, atDoor('events'), async (c) => {
    const text = await readText(c, { mostBytes: MOST_BYTES })
    if (!isSigned(text, c.req.header('x-ac-hmac-signature') ?? '')) {
      throw new ServiceError(
        'unauthenticated',
        'The event is not signed with the key of this service.',
      )
    }
    const { event } = checkJson(text, reportBodySchema, {
      noJson: 'The body must be JSON, and it is not.',
    })
    if (event.type === 'rendition_progress') await advance(event)
    else await take(withoutPaths(event))
    return c.json({ ok: true, requestId: c.get('requestId') })
  })

  /** One that comes too late, or that nobody has asked for, is no fault. */
  async function advance(event: ProgressEvent): Promise<void> {
    const mark = marks.read(event)
    const order = mark && (await orders.find(mark.order))
    if (mark !== undefined && order !== undefined) {
      await doors[order.door]?.advance?.(order, mark.item, event.done)
    }
  }

  async function take(event: RenditionEvent): Promise<void> {
    const mark = marks.read(event)
    const order = mark && (await orders.find(mark.order))
    if (order !== undefined && isWithoutReason(event) && orders.isUnderWay(order)) {
      await orders.heard(order, 'end')
      return log.debug('the reason of a failure is awaited', {
        requestId: event.requestId,
        door: order.door,
        order: order.id,
      })
    }
    const receipt = mark && order && (await doors[order.door]?.receive(order, mark.item, event))
    if (receipt === undefined) {
      const what = `${event.type} ${event.requestId}`
      return log.warn(`An event about no rendition of this service was dropped: ${what}`)
    }
    if (!receipt.ended) return
    if (order !== undefined) await orders.heard(order, 'item')
    const about = { requestId: receipt.title, door: order?.door, order: order?.id }
    const what = `${event.type} ${describeRendition(event.rendition)}`
    const remarks = readRemarks(event)
    if (remarks.length > 0) log.warn(`${what}: ${redact(remarks.join(' '))}`, about)
    else if (event.type === 'rendition_created') log.info(what, about)
    else log.warn(`${what}: ${event.errorMessage ?? 'no reason given'}`, about)
  }
}

function withoutPaths(event: RenditionEvent): RenditionEvent {
  const { errorMessage } = event
  return errorMessage === undefined ? event : { ...event, errorMessage: tellFailure(errorMessage) }
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
 * headers of its web call, and invokes itself with them, so only the platform can add these. A web call, which may be
 * anybody's, is told nothing; and what another service has invoked, which has told it where its own events go, nothing else.
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
    if ('__ow_method' in params || !isRecord(auth) || !Array.isArray(renditions)) return params
    if ('webhookUrl' in auth && 'hmacPrivateKey' in params) return params
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
