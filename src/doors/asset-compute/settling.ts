import type { RenditionEvent } from '../../contract/event.ts'
import type { Database } from '../../home/database.ts'
import type { Orders } from '../../orders/orders.ts'
import type { Journal } from './journal.ts'
import { toJournalEvent } from './rendition-events.ts'
import type { AcceptedRequest, AcceptedRequests } from './requests.ts'

/**
 * How long after a request was accepted its first event is kept back, in milliseconds. The answer to `/process` and the
 * event travel on two connections, and Adobe's client drops an event that overtakes the answer.
 */
const HOLD_MS = 50

/**
 * Ends a rendition with its event; resolves with true once that is on the disk, and with false when the rendition had ended
 * before or its client has unregistered.
 */
export type Settle = (
  request: AcceptedRequest,
  position: number,
  event: RenditionEvent,
) => Promise<boolean>

/**
 * Makes what ends renditions: the one place from which events get into the journal, so that each rendition gets exactly
 * one, whoever reports it first.
 */
export function createSettling(options: {
  database: Database
  orders: Pick<Orders, 'end'>
  requests: AcceptedRequests
  journal: Journal
}): Settle {
  const { database, orders, requests, journal } = options
  return async (request, position, event) => {
    const settled = await database.write(() => {
      const asked = requests.rendition(request.id, position)
      if (asked === undefined || !orders.end(asked.order, position)) return false
      journal.append({
        registrationId: request.registrationId,
        tokenId: request.client.tokenId,
        visibleAt: request.acceptedAt + HOLD_MS,
        event: toJournalEvent(event, request, asked.instructions),
      })
      return true
    })
    if (settled) journal.announce(request.registrationId)
    return settled
  }
}
