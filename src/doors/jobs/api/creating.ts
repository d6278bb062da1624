import type { Context } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { isTooDeep, MOST_LEVELS, parseJson } from '../../../base/json.ts'
import { readText } from '../../../http/read-request.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { User } from '../../../identity/accounts.ts'
import type { Attempt } from '../tasks/accepting.ts'

/** Files of ten megabytes may be in it, in base64. */
const LARGEST_BODY_BYTES = 32 * 1024 * 1024

/** Jobs and tasks that one user may create in a minute. */
const MOST_PER_MINUTE = 12_000

const MINUTE_MS = 60_000

const LONGEST_KEY = 255

/** What is common to all that creates jobs and tasks. */
export interface Creating {
  /**
   * Reads the body of a request that creates something; the answer tells how many more may come.
   *
   * @throws {ServiceError} `too_many_requests`, `invalid` for what is no JSON, `too_large`
   */
  read: (c: Context<HttpEnv>, user: User) => Promise<{ body: unknown; attempt: Attempt }>
  /** Whether a request has come to an address whose answers wait for the end. */
  isBlocking: (c: Context<HttpEnv>) => boolean
}

/** Makes it; users are counted minute by minute. */
export function createCreating(now: () => number): Creating {
  let minute = 0
  const counts = new Map<number, number>()

  function count(c: Context<HttpEnv>, user: User): void {
    const current = Math.floor(now() / MINUTE_MS)
    if (current !== minute) counts.clear()
    minute = current
    const made = (counts.get(user.id) ?? 0) + 1
    counts.set(user.id, made)
    const headers = {
      'X-RateLimit-Limit': String(MOST_PER_MINUTE),
      'X-RateLimit-Remaining': String(Math.max(0, MOST_PER_MINUTE - made)),
    }
    for (const [name, value] of Object.entries(headers)) c.header(name, value)
    if (made <= MOST_PER_MINUTE) return
    const seconds = Math.ceil(((current + 1) * MINUTE_MS - now()) / 1000)
    const message = `At most ${MOST_PER_MINUTE} jobs and tasks can be created in a minute.`
    throw new ServiceError('too_many_requests', message, {
      headers: { ...headers, 'Retry-After': String(seconds) },
    })
  }

  return {
    async read(c, user) {
      count(c, user)
      const text = await readText(c, { mostBytes: LARGEST_BODY_BYTES })
      const body = text.trim() === '' ? {} : parseJson(text)
      const wrong = whyNot(body)
      if (wrong !== undefined) throw new ServiceError('invalid', wrong)
      const key = c.req.header('idempotency-key')
      if (key !== undefined && key.length > LONGEST_KEY) {
        const message = `Idempotency-Key must have at most ${LONGEST_KEY} characters.`
        throw new ServiceError('invalid', message)
      }
      const request = `${c.req.path.replace(/^.*\/v2\//, '')}\n${text}`
      return { body, attempt: { user: user.id, key, request } }
    },
    isBlocking: (c) =>
      /^(sync|[\w-]+\.sync)\./.test(c.req.header('host') ?? '') ||
      new URL(c.req.url).pathname.startsWith('/.sync.'),
  }
}

function whyNot(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return 'The body must be a JSON object, and it is not.'
  }
  return isTooDeep(body) ? `The body must be nested at most ${MOST_LEVELS} levels deep.` : undefined
}
