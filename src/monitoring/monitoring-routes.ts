import { Hono, type MiddlewareHandler } from 'hono'
import { type Dialect, type HttpEnv, speak } from '../http/root-app.ts'
import type { Health } from './health.ts'
import type { Metrics } from './metrics.ts'

/** Errors as whoever watches a service reads them: `{"message": …}`. */
const MONITORING: Dialect = {
  door: 'monitoring',
  fault: 'The service could not do its part; its log tells why.',
  disk: 'service',
  render: ({ status, headers, message }) => Response.json({ message }, { status, headers }),
}

/**
 * `GET /health/live` says that the service answers, `GET /health/ready`, or `/health`, whether it can do its work, and `GET /metrics` tells
 * what it does.
 *
 * @param options.mayWatch - lets through who may see the metrics; health is for everybody
 */
export function createMonitoringRoutes(options: {
  health: Health
  metrics: Pick<Metrics, 'contentType' | 'read'>
  mayWatch: MiddlewareHandler<HttpEnv>
}): Hono<HttpEnv> {
  const { health, metrics, mayWatch } = options
  const app = new Hono<HttpEnv>()
  app.use('/health/*', speak(MONITORING))
  app.use('/metrics', speak(MONITORING))

  app.get('/health/live', (c) => c.json({ status: 'live' }, 200, NOT_KEPT))
  for (const path of ['/health', '/health/ready']) {
    app.get(path, async (c) => {
      const reasons = await health.reasons()
      return reasons.length === 0
        ? c.json({ status: 'ready' }, 200, NOT_KEPT)
        : c.json({ status: 'not ready', reasons }, 503, NOT_KEPT)
    })
  }
  app.get('/metrics', mayWatch, async (c) =>
    c.body(await metrics.read(), 200, { ...NOT_KEPT, 'content-type': metrics.contentType }),
  )
  return app
}

const NOT_KEPT = { 'cache-control': 'no-store' }
