import type { Log } from '../../base/log.ts'
import { redact } from '../../base/redact.ts'
import type { OrderFailure, OrderingDoor } from '../../orders/door.ts'
import { isCustom } from '../../orders/orders.ts'
import { failedEvent, markRendition, toFailure } from './rendition-events.ts'
import type { AcceptedRendition, AcceptedRequest, AcceptedRequests } from './requests.ts'
import type { Settle } from './settling.ts'

/**
 * What orders ask of this door: how a worker of the Asset Compute SDK is called for renditions, and the event of those
 * that no worker has reported.
 *
 * @param options.identityHeaders - what a custom worker gets to see of a client
 */
export function createRenditionOrders(options: {
  requests: AcceptedRequests
  identityHeaders: (request: AcceptedRequest) => Promise<Record<string, string>>
  settle: Settle
  log: Log
  now: () => number
}): OrderingDoor {
  const { requests, settle, log, now } = options

  const renditionsOf = (request: AcceptedRequest, items: readonly number[]): AcceptedRendition[] =>
    items.flatMap((position) => requests.rendition(request.id, position) ?? [])

  return {
    call(order, items) {
      const request = requests.byOrder(order.id)
      if (request === undefined) return undefined
      const { source, userData, requestId, client } = request
      const { orgId, clientId } = client
      const params = {
        source: typeof source === 'string' ? { url: source } : source,
        renditions: renditionsOf(request, items).map((each) => markRendition(request, each)),
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
        identify: () => options.identityHeaders(request),
      }
    },

    async fail(order, items, failure) {
      const request = requests.byOrder(order.id)
      if (request === undefined) return
      const told = explain(failure)
      for (const { position, instructions } of renditionsOf(request, items)) {
        if (!(await settle(request, position, failedEvent(request, instructions, told, now())))) {
          continue
        }
        const name = instructions.name ?? `rendition ${position}`
        log.warn(`${request.requestId}: ${name} failed: ${redact(told.message)}`)
      }
    },
  }
}

function explain({ code, message, result, activationId }: OrderFailure) {
  const failure =
    code === 'unreported' ? toFailure(result) : { reason: 'GenericError' as const, message }
  return { ...failure, activationId }
}
