import type { Context } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { Accounts, KeyScope, User } from '../../../identity/accounts.ts'

/**
 * Tells whose a request is.
 *
 * @param scope - what its key has to be allowed
 * @throws {ServiceError} `unauthenticated` without a key that exists, `forbidden` for one that may not do this
 */
export type Authorize = (c: Context<HttpEnv>, scope: KeyScope) => Promise<User>

/** Makes the check of `Authorization: Bearer …`. */
export function createAuthorize(accounts: Pick<Accounts, 'identify'>): Authorize {
  return async (c, scope) => {
    const [, secret = ''] = /^Bearer\s+(\S+)\s*$/i.exec(c.req.header('authorization') ?? '') ?? []
    const found = secret === '' ? undefined : await accounts.identify(secret)
    // Missing and wrong are told alike, as CloudConvert does.
    if (found === undefined) {
      throw new ServiceError('unauthenticated', 'Unauthenticated.', { isGuess: secret !== '' })
    }
    if (!found.key.scopes.includes(scope)) {
      const message = `This key may not do that: it lacks the scope ${scope}.`
      throw new ServiceError('forbidden', message)
    }
    return found.user
  }
}
