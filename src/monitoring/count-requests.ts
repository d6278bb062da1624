import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { HttpEnv } from '../http/root-app.ts'
import type { Metrics } from './metrics.ts'

/** Whatever else a client may call its method counts as one. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Counts each request that comes further than this by the route that answers it, as it is written in the program, and never by its path.
 *
 * @param elapsed - a clock that nobody sets, in milliseconds; that of the process unless given
 */
export function countRequests(
  { countRequest }: Pick<Metrics, 'countRequest'>,
  elapsed: () => number = () => performance.now(),
): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const begun = elapsed()
    await next()
    countRequest({
      door: c.get('door') ?? 'none',
      // The last one that was gone through: what is behind it was not asked.
      route: routePath(c),
      method: METHODS.has(c.req.method) ? c.req.method : 'other',
      status: c.res.status,
      tookMs: elapsed() - begun,
    })
  }
}
