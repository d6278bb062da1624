import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readActivations } from './activations.ts'
import type { RegisteredService } from './registered-service.ts'

/** A client that asks for one rendition after the other, of sources and for targets in somebody else's object store. */
export interface StoreClient {
  /** Asks for a rendition; resolves with its event. */
  eventOf: (
    source: unknown,
    rendition: { name: string; target: unknown } & Record<string, unknown>,
  ) => Promise<Record<string, unknown>>
  /** Fails when a signature that one of the requests had is in an event, in a log or in the record of an activation. */
  assertNothingTold: () => Promise<void>
}

/**
 * Makes a client of a service.
 *
 * @param signatureName - the parameter of the store's presigned URLs that has the signature
 */
export function createStoreClient(
  { home, origin, service, eventsOf }: RegisteredService,
  signatureName: string,
): StoreClient {
  const signatures = new Set<string>()
  const events: Record<string, unknown>[] = []
  const signature = new RegExp(`[?&]${signatureName}=([^&"]+)`, 'g')

  return {
    async eventOf(source, rendition) {
      for (const [, value = ''] of JSON.stringify({ source, rendition }).matchAll(signature)) {
        signatures.add(value).add(decodeURIComponent(value))
      }
      const [event] = await eventsOf({ source, renditions: [{ fmt: 'png', ...rendition }] })
      events.push(Object(event))
      return Object(event)
    },
    async assertNothingTold() {
      assert.ok(signatures.size > 0)
      const activations = await readActivations(origin(), home, events.length)
      // Where a source came from is part of its event, by the API page.
      const written = JSON.stringify(events.map((event) => ({ ...event, source: undefined })))
      const told = [written, JSON.stringify(activations), service().errors()].join('\n')
      for (const secret of signatures) assert.ok(!told.includes(secret), `${secret} is told`)
    },
  }
}

/** Fails when a rendition is not what its event says. */
export function assertDelivered(event: Record<string, unknown>, bytes: Buffer): void {
  assert.partialDeepStrictEqual(event, {
    type: 'rendition_created',
    metadata: {
      'repo:size': bytes.length,
      'repo:sha1': createHash('sha1').update(bytes).digest('hex'),
    },
  })
}

/** Fails unless an event says in one line that its rendition failed in the way that a store answered. */
export function assertFailed(event: Record<string, unknown>, errorMessage: RegExp): void {
  assert.partialDeepStrictEqual(event, { type: 'rendition_failed', errorReason: 'GenericError' })
  const message = String(event['errorMessage'])
  assert.match(message, errorMessage)
  assert.ok(!message.includes('\n'), 'it is one line')
}
