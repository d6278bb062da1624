import { ServiceError } from '../../../base/errors.ts'
import { type Credentials, isSameSecret } from './credentials.ts'

/**
 * Checks the user and password that a request has by HTTP's Basic scheme (RFC 7617).
 *
 * @throws {ServiceError} `unauthenticated`
 */
export function checkBasicCredentials(headers: Headers, known: Credentials): void {
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? []
  const given = Buffer.from(encoded, 'base64').toString()
  const colon = given.indexOf(':')
  const isUser = isSameSecret(given.slice(0, Math.max(colon, 0)), known.user)
  const isPassword = isSameSecret(given.slice(colon + 1), known.password)
  if (colon > 0 && isUser && isPassword) return
  throw new ServiceError(
    'unauthenticated',
    'User and password must be those of scene7.env in the state folder, by the Basic scheme of HTTP.',
    { headers: { 'www-authenticate': 'Basic realm="Darkroom", charset="UTF-8"' } },
  )
}
