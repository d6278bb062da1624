import type { Context, MiddlewareHandler } from 'hono'
import { ServiceError } from '../base/errors.ts'
import { isSameSecret } from '../base/same-secret.ts'
import { isLoopback } from '../http/listen-address.ts'
import { remoteAddress } from '../http/remote-address.ts'
import type { HttpEnv } from '../http/root-app.ts'

/** What a proxy adds on behalf of whoever has asked it. */
const HEADERS_OF_PROXIES = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

/**
 * Lets through who may see how the service does: with a token those who have it, as `Authorization: Bearer …`; without one programs on this
 * machine that come straight from there, and no page in a browser.
 *
 * @param token - undefined for none
 * @throws {ServiceError} 401, 403
 */
export function mayWatch(token: string | undefined): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (token === undefined) requireOwnMachine(c)
    else requireToken(c, token)
    await next()
  }
}

function requireToken(c: Context<HttpEnv>, token: string): void {
  const given = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  if (isSameSecret(given, token)) return
  throw new ServiceError(
    'unauthenticated',
    'The Authorization header must be "Bearer" and the METRICS_TOKEN of the service.',
    { headers: { 'WWW-Authenticate': 'Bearer' }, isGuess: given !== '' },
  )
}

function requireOwnMachine(c: Context<HttpEnv>): void {
  const address = remoteAddress(c)
  const isHere = address !== undefined && isLoopback(address)
  const isHandedOn = HEADERS_OF_PROXIES.some((name) => c.req.header(name) !== undefined)
  // A name of somebody else's may have been made to lead here, for a page in a browser of this machine.
  const isNamedSo = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(c.req.header('host') ?? '')
  if (isHere && isNamedSo && !isHandedOn) return
  throw new ServiceError(
    'forbidden',
    'Without a METRICS_TOKEN the metrics are told on the machine of the service alone, at localhost.',
  )
}
