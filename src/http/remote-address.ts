import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { isRecord } from '../base/json.ts'
import { behindProxies } from './proxies.ts'
import type { HttpEnv } from './root-app.ts'

/** Who is at the other end of the connection by which a request came; undefined when it came over none. */
export function remoteAddress(c: Context): string | undefined {
  const env: unknown = c.env
  return isRecord(env) && 'incoming' in env ? getConnInfo(c).remote.address : undefined
}

/** Who has sent a request, behind the proxies that are believed; undefined when it came over no connection. */
export function clientAddress(c: Context<HttpEnv>): string | undefined {
  const peer = remoteAddress(c)
  const isTrusted = c.get('trustedProxies')
  if (peer === undefined || isTrusted === undefined) return peer
  return behindProxies(peer, c.req.header('x-forwarded-for'), isTrusted)
}
