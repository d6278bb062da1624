import type { MiddlewareHandler } from 'hono'
import { ServiceError } from '../../base/errors.ts'

/** By which this machine is known to itself. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]']

/**
 * Lets through what comes from the page itself and from programs on this machine, and nothing that a page of another
 * origin has a browser do: neither under a name that was made to lead here (DNS rebinding: the `Host` is another) nor
 * under our own (CSRF: the `Origin` is another; a form, a picture or a script of another site says so in
 * `Sec-Fetch-Site`).
 *
 * @param origin - that of the service, such as `https://localhost:9443`; one of this machine has other names as well
 * @throws {ServiceError} 403
 */
export function guardOrigin(origin: () => string): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (!hostsOf(new URL(origin())).includes(host)) {
      throw new ServiceError(
        'forbidden',
        `The developer page is at ${origin()} only, but the Host header is ${JSON.stringify(host)}.`,
      )
    }
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    const sender = c.req.header('origin')
    const own = `https://${host}`
    if (sender === undefined ? !reads : sender !== own) {
      const found = sender === undefined ? 'it is missing' : `it is ${JSON.stringify(sender)}`
      throw new ServiceError('forbidden', `The Origin header must be ${own}, but ${found}.`)
    }
    const site = c.req.header('sec-fetch-site') ?? 'none'
    if (site !== 'same-origin' && site !== 'none') {
      throw new ServiceError(
        'forbidden',
        `Only ${own} itself may ask for this, not a page of another site.`,
      )
    }
    await next()
  }
}

/** What browsers send as `Host` that have the page of a service. */
function hostsOf({ hostname, host, port }: URL): readonly string[] {
  if (!OWN_NAMES.includes(hostname)) return [host]
  return OWN_NAMES.map((name) => (port === '' ? name : `${name}:${port}`))
}
