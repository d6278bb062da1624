import { ServiceError } from '../../base/errors.ts'
import { isSameSecret } from '../../base/same-secret.ts'

/**
 * Makes the check of who may use a namespace: the holder of its key, as OpenWhisk asks for it (Basic), or as `aio app
 * deploy` sends what it has for an access token (Bearer).
 *
 * @param apiKey - `user:password`
 */
export function createKeyCheck(apiKey: string): (headers: Headers) => boolean {
  const accepted = [`Basic ${Buffer.from(apiKey).toString('base64')}`, `Bearer ${apiKey}`]
  return (headers) => {
    const given = headers.get('authorization') ?? ''
    return accepted.some((secret) => isSameSecret(given, secret))
  }
}

/** The refusal of somebody who does not hold the key of the namespace, but may have sent another. */
export function notAuthorized(headers: Headers): ServiceError {
  return new ServiceError(
    'unauthenticated',
    'The supplied authentication is invalid: it must be the API key of the namespace.',
    { isGuess: headers.has('authorization') },
  )
}
