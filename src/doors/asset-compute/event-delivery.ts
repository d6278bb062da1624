import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { isRecord } from '../../base/record.ts'

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
