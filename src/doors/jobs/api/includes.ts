import type { Context } from 'hono'
import type { HttpEnv } from '../../../http/root-app.ts'
import { INCLUDES, type Include } from './shapes.ts'

/** What a client wants to have in the answer besides; words that mean nothing are passed over, as clients send such. */
export function readIncludes(c: Context<HttpEnv>): ReadonlySet<Include> {
  const asked = (c.req.query('include') ?? '').split(',').map((word) => word.trim())
  return new Set(INCLUDES.filter((include) => asked.includes(include)))
}
