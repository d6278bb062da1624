import type { Context } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { isSameSecret } from '../../../base/same-secret.ts'
import { type Guesses, guesserOf } from '../../../http/guesses.ts'
import type { Credentials } from './credentials.ts'

/**
 * Checks the user and password that a request has by HTTP's Basic scheme (RFC 7617).
 *
 * @throws {ServiceError} `unauthenticated`, and `too_many_requests` for who was wrong too often
 */
export function checkBasicCredentials(c: Context, known: Credentials, guesses: Guesses): void {
  const header = c.req.header('authorization')
  const who = guesserOf(c)
  if (header !== undefined) guesses.demand(who)
  const [, encoded = ''] = /^basic +(\S+)$/i.exec(header ?? '') ?? []
  const given = Buffer.from(encoded, 'base64').toString()
  const colon = given.indexOf(':')
  const isUser = isSameSecret(given.slice(0, Math.max(colon, 0)), known.user)
  const isPassword = isSameSecret(given.slice(colon + 1), known.password)
  if (colon > 0 && isUser && isPassword) return
  if (header !== undefined) guesses.wrong(who)
  throw new ServiceError(
    'unauthenticated',
    'User and password must be those of scene7.env in the state folder, by the Basic scheme of HTTP.',
    { headers: { 'www-authenticate': 'Basic realm="Darkroom", charset="UTF-8"' } },
  )
}
