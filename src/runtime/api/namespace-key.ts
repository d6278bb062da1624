import { createHash, timingSafeEqual } from 'node:crypto'
import { ServiceError } from '../../base/errors.ts'

/**
 * Makes the check of who may use a namespace: the holder of its key, as OpenWhisk asks for it (Basic), or as `aio app
 * deploy` sends what it has for an access token (Bearer).
 *
 * @param apiKey - `user:password`
 */
export function createKeyCheck(apiKey: string): (headers: Headers) => boolean {
  const accepted = [`Basic ${Buffer.from(apiKey).toString('base64')}`, `Bearer ${apiKey}`]
  return (headers) => {
    const given = headers.get('authorization')
    return accepted.some((secret) => isSecret(given, secret))
  }
}

/** Whether a header is exactly this secret; how long it takes tells nothing of it. */
export function isSecret(given: string | null, secret: string): boolean {
  return timingSafeEqual(digest(given ?? ''), digest(secret))
}

/** The refusal of somebody who does not hold the key of the namespace. */
export function notAuthorized(): ServiceError {
  return new ServiceError(
    'unauthenticated',
    'The supplied authentication is invalid: it must be the API key of the namespace.',
  )
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
