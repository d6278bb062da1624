import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { parseJson } from '../../../base/json.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { User } from '../../../identity/accounts.ts'
import { exportedUrl } from './exported-url.ts'
import { readJobRequest } from './job-request.ts'
import type { RouteParts } from './jobs-routes.ts'

/** Jobs that are URLs: whoever opens one gets the file that comes of it. Below `/v2`. */
export function createSignedUrls(
  parts: Pick<RouteParts, 'store' | 'files' | 'accepting' | 'waiting' | 'operations'> & {
    readonly users: () => readonly User[]
  },
): Hono<HttpEnv> {
  const { store, accepting, waiting } = parts
  return new Hono<HttpEnv>().get('/s/:user', async (c) => {
    const user = parts.users().find(({ signedUrlId }) => signedUrlId === c.req.param('user'))
    if (user === undefined || !isSigned(c.req.raw.url, user.signedUrlSecret)) {
      throw new ServiceError('forbidden', 'The URL is not as it was signed; use it unaltered.')
    }
    const query = rawQuery(c.req.raw.url)
    const text = Buffer.from(query.get('job') ?? '', 'base64').toString()
    const requested = await readJobRequest(parseJson(text), {
      operations: parts.operations,
      inputExists: async (id) => (await store.task(id))?.user === user.id,
    })
    if (!requested.tasks.some(({ operation }) => operation === 'export/url')) {
      const message = 'The job must have a task export/url, whose file is the answer.'
      throw new ServiceError('invalid', message, { fields: { tasks: [message] } })
    }
    const cacheKey = query.get('cache_key')
    // Whoever comes within a day with the same URL gets the same file.
    const key = cacheKey === null ? undefined : `signed-url ${cacheKey}`
    const job = await accepting.job({ user: user.id, key, request: text }, requested)
    await waiting.job(job.id, c.req.raw.signal)
    const done = (await store.job(job.id)) ?? job
    const url = await exportedUrl(done, parts)
    if (url !== undefined) return c.redirect(url, 302)
    const failed = (await store.tasksOf(done)).find(({ status }) => status === 'error')
    throw new ServiceError('invalid', failed?.message ?? 'The job has brought no file.')
  })
}

/** As the clients sign: HMAC-SHA256 over all of the URL that is before `&s=`. Nothing comes after the signature, which would be of no one. */
function isSigned(url: string, secret: string): boolean {
  const [, signed, signature] = /^(.*)&s=([0-9a-f]{64})$/s.exec(url) ?? []
  if (signed === undefined || signature === undefined) return false
  const expected = createHmac('sha256', secret).update(signed).digest()
  return timingSafeEqual(Buffer.from(signature, 'hex'), expected)
}

/** The query with its `+` as they are, which are part of a base64 text. */
function rawQuery(url: string): URLSearchParams {
  return new URLSearchParams(new URL(url).search.replaceAll('+', '%2B'))
}
