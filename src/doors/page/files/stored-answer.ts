import type { Context } from 'hono'
import { describeFile } from '../../../http/untrusted-headers.ts'
import type { Storage } from './storage.ts'

/** What of a request is asked of the storage as well. */
const PASSED_ON = ['range', 'if-range']
/** What the storage says of an object and of the part of it that it sends. */
const PASSED_BACK = ['accept-ranges', 'content-length', 'content-range', 'etag', 'last-modified']

/** What a path of the page has never changes. */
const FOREVER = 'private, max-age=31536000, immutable'

/**
 * Answers with an object of the storage, or the range of it that was asked for, as a file that nobody trusts.
 *
 * @param file.name - what it is called when it is saved
 * @throws {ServiceError} 404 when there is no such object any more, 416 for a range outside of it
 */
export async function answerStored(
  c: Context,
  storage: Storage,
  file: { key: string; name: string; type: string },
): Promise<Response> {
  // Who goes away cancels the body. The signal of the request would make it fail, which the server takes for a mistake.
  const stored = await storage.get(file.key, {
    method: c.req.raw.method === 'HEAD' ? 'HEAD' : 'GET',
    headers: pick(c.req.raw.headers, PASSED_ON),
  })
  return new Response(stored.body, {
    status: stored.status,
    headers: {
      ...pick(stored.headers, PASSED_BACK),
      ...describeFile(c, file),
      'cache-control': FOREVER,
    },
  })
}

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
}
