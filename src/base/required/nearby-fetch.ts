import { isRecord } from '../json.ts'
import { nearbyService } from '../nearby-service.ts'

/**
 * Makes of a `fetch` one that posts texts to the service which has started this process without a connection.
 *
 * @param load - loads that `fetch`, which is called for all that needs a connection
 */
export function fetchNearby(
  load: () => CallableFunction,
): (url: unknown, options?: unknown) => Promise<unknown> {
  return async (url, options) => {
    if (await postNearby(url, options)) return { ok: true, status: 200, statusText: 'OK' }
    return Reflect.apply(load(), undefined, [url, options])
  }
}

/** @returns whether it was taken */
async function postNearby(url: unknown, options: unknown): Promise<boolean> {
  const nearby = nearbyService()
  if (nearby === undefined || typeof url !== 'string' || !isRecord(options)) return false
  const { method, headers, body } = options
  if (method !== 'POST' || typeof body !== 'string' || !isRecord(headers)) return false
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return nearby.send({ method, url, headers: Object.fromEntries(sent) }, Buffer.from(body))
}
