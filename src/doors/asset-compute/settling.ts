import type { RenditionEvent } from '../../contract/event.ts'
import type { Database } from '../../home/database.ts'
import type { Journal } from './journal.ts'
import { toJournalEvent } from './rendition-events.ts'
import type { Requests, StoredRequest } from './requests.ts'

/**
 * How long after a request was accepted its first event is kept back, in milliseconds. The answer to `/process` and the
 * event travel on two connections, and Adobe's client drops an event that overtakes the answer.
 */
const HOLD_MS = 50

/**
 * Ends renditions: the one place from which events get into the journal, so that each rendition gets exactly one,
 * whoever reports it first.
 *
 * @returns a function that resolves with true once the event is on the disk, and with false when the rendition had ended
 *   before or its client has unregistered
 */
export function createSettling(options: {
  database: Database
  requests: Requests
  journal: Journal
}): (request: StoredRequest, position: number, event: RenditionEvent) => Promise<boolean> {
  const { database, requests, journal } = options
  return async (request, position, event) => {
    const settled = await database.write(() => {
      const asked = requests.rendition(request.id, position)
      if (asked === undefined || !requests.end(request.id, position)) return false
      journal.append({
        registrationId: request.registrationId,
        tokenId: request.client.tokenId,
        visibleAt: request.acceptedAt + HOLD_MS,
        event: toJournalEvent(event, request, asked),
      })
      return true
    })
    if (settled) journal.announce(request.registrationId)
    return settled
  }
}
