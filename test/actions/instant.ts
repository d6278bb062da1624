import { createSign } from 'node:crypto'
import * as z from 'zod/mini'

const paramsSchema = z.object({
  renditions: z.array(z.looseObject({})),
  requestId: z.string(),
  userData: z.optional(z.unknown()),
  auth: z.object({ webhookUrl: z.string() }),
  hmacPrivateKey: z.string(),
})

/** A worker that answers at once: it reports every rendition as created and makes none. */
export async function main(raw: unknown): Promise<object> {
  const { renditions, requestId, userData, auth, hmacPrivateKey } = paramsSchema.parse(raw)
  for (const { target, ...rendition } of renditions) {
    const event = {
      type: 'rendition_created',
      date: new Date().toISOString(),
      requestId,
      userData,
      rendition,
      metadata: { 'repo:size': 0 },
    }
    const body = JSON.stringify({ event_code: 'asset_compute', event })
    const signature = createSign('RSA-SHA256')
      .update(body)
      .sign(Buffer.from(hmacPrivateKey, 'base64').toString(), 'base64')
    const headers = { 'content-type': 'application/json', 'x-ac-hmac-signature': signature }
    const response = await fetch(auth.webhookUrl, { method: 'POST', headers, body })
    if (!response.ok) throw new Error(`The event was refused with status ${response.status}.`)
  }
  return {}
}
