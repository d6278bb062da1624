import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { isRecord } from '../base/json.ts'

/** Where a request comes from; undefined when it came over no connection. */
export function remoteAddress(c: Context): string | undefined {
  const env: unknown = c.env
  return isRecord(env) && 'incoming' in env ? getConnInfo(c).remote.address : undefined
}
