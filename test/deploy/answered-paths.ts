import { createMonitoringRoutes } from '../../src/monitoring/monitoring-routes.ts'

const routes = createMonitoringRoutes({
  health: { reasons: async () => [] },
  metrics: { contentType: 'text/plain', read: async () => '' },
  mayWatch: (_, next) => next(),
})

/** What a service that is ready answers to a probe. */
export async function answerTo(path: string): Promise<number> {
  const { status } = await routes.request(path)
  return status
}
