import { ServiceError } from '../../../base/errors.ts'
import { IpsFault } from './ips-fault.ts'
import type { Claim } from './soap/auth-header.ts'
import type { Directory, IpsUser } from './users/directory.ts'

/**
 * Verifies an access token.
 *
 * @throws {ServiceError} `unauthenticated`, with a sentence that tells what is wrong with it
 */
export type VerifyToken = (token: string) => Promise<unknown>

/**
 * Tells who calls.
 *
 * @param from - where the claim comes from, so that whoever guesses is slowed
 * @throws {@link IpsFault} of authentication; never is there a challenge
 */
export type Identify = (claim: Claim | undefined, from: string) => Promise<IpsUser>

/**
 * Makes what tells who calls. An access token is the project's own, so who has one is its administrator.
 */
export function createIdentify(directory: Directory, verifyToken: VerifyToken): Identify {
  return async (claim, from) => {
    if (!claim) {
      throw new IpsFault(
        'noCredentials',
        'The request says nothing of who sends it: it must have an authHeader with user and password.',
      )
    }
    if (claim.by === 'token') {
      await verifyToken(claim.token).catch((error: unknown) => {
        if (!(error instanceof ServiceError)) throw error
        throw new IpsFault('invalidCredentials', error.message, { cause: error })
      })
      return directory.admin()
    }
    const user = await directory.identify(claim.user, claim.password, from)
    if (user) return user
    throw new IpsFault(
      'invalidCredentials',
      'User or password is wrong: those of scene7.env in the state folder are right, and those of npm run users.',
    )
  }
}
