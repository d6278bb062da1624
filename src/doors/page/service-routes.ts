import { type Context, Hono } from 'hono'
import type { ServiceStanding } from './api.ts'

/**
 * Which service it is and how it does, to be mounted at `/devtool/api`.
 *
 * @param options.userOf - who has sent a request, of a team
 */
export function createServiceRoutes(options: {
  version: string
  hasDocs: boolean
  userOf: (c: Context) => Promise<string | undefined>
  reasons: () => Promise<ServiceStanding['reasons']>
}): Hono {
  const { version, hasDocs, userOf, reasons } = options
  return new Hono().get('/service', async (c) => {
    const standing: ServiceStanding = {
      version,
      hasDocs,
      user: (await userOf(c)) ?? null,
      reasons: await reasons(),
    }
    return c.json(standing)
  })
}
