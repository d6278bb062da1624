import { Hono } from 'hono'

/**
 * `/v2/…`: the jobs API as whoever sits at this machine, so that the page needs neither a key nor shapes of its own.
 *
 * @param options.key - that of a user, which the browser never sees
 * @param options.fetch - the jobs API, at `/v2`
 */
export function createJobsApiRoutes(options: {
  key: () => Promise<string>
  fetch: (request: Request) => Response | Promise<Response>
}): Hono {
  return new Hono().all('/v2/*', async (c) => {
    const url = new URL(c.req.url)
    url.pathname = url.pathname.slice(url.pathname.indexOf('/v2/'))
    const request = new Request(url, c.req.raw)
    request.headers.set('authorization', `Bearer ${await options.key()}`)
    return options.fetch(request)
  })
}
