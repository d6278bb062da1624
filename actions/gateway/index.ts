import type { ResidentAction } from '../../src/runtime/api/resident-action.ts'
import { toRequest, toWebAnswer } from '../../src/runtime/api/web-action.ts'

/**
 * The `gateway` action: Adobe's side of the Asset Compute API (register, unregister, process and the journal) as a raw web
 * action. It lives in the local service, whose registrations, orders and journal it answers from; in Adobe's cloud Adobe's own
 * service is there, so that there is nothing to deploy.
 *
 * @param options.url - where the action is called
 * @param options.fetch - answers what is asked below that URL
 */
export function createGateway(options: {
  url: () => string
  fetch: (request: Request) => Response | Promise<Response>
}): ResidentAction {
  return async (params) => toWebAnswer(await options.fetch(toRequest(options.url(), params)))
}
