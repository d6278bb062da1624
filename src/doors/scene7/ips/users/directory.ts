import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { ServiceError } from '../../../../base/errors.ts'
import type { Guesses } from '../../../../http/guesses.ts'
import { createQueue } from '../../../../tasks/queue.ts'
import type { Credentials } from '../../upload/credentials.ts'
import { IpsFault } from '../ips-fault.ts'
import type { KeptUser, KeptUsers, Membership } from './kept-users.ts'
import { hashForKeeping, isPassword } from './password-hash.ts'
import { mayCall } from './roles.ts'

/** So many passwords are hashed at a time, and as many more wait for their turn. */
const HASHES_AT_ONCE = 2
const MOST_HASHES = 20

/** Somebody who may call operations. */
export interface IpsUser {
  /** Such as `3|ann@example.com`. */
  readonly handle: string
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  /** Whether it is the one of scene7.env, who is an administrator of every company. */
  readonly isAdmin: boolean
  readonly memberships: readonly Membership[]
}

/** All users, that of scene7.env first. */
export interface Directory {
  readonly admin: () => Promise<IpsUser>
  /** By handle or address. */
  readonly find: (handleOrEmail: string) => Promise<IpsUser | undefined>
  /**
   * Whose password it is; undefined when it is nobody's.
   *
   * @param from - who asks, as far as that is known
   * @throws {ServiceError} `too_many_requests` when that was wrong too often about this user, or too many want to know at once
   */
  readonly identify: (email: string, password: string, from: string) => Promise<IpsUser | undefined>
}

/**
 * Makes the directory of users.
 *
 * @param options.companies - all that there are
 * @param options.guesses - of passwords
 */
export function createDirectory({
  users,
  credentials,
  companies,
  guesses,
}: {
  readonly users: KeptUsers
  readonly credentials: Credentials
  readonly companies: () => Promise<readonly string[]>
  readonly guesses: Guesses
}): Directory {
  // Hashes are slow, and clients send the password with every call: what was right is known by a fast one meanwhile.
  const key = randomBytes(32)
  const passed = new Map<string, Buffer>()
  const nobody = hashForKeeping(randomBytes(16).toString('hex'))
  const hashing = createQueue(HASHES_AT_ONCE)
  let hashes = 0
  const digest = (password: string): Buffer => createHmac('sha256', key).update(password).digest()

  async function admin(): Promise<IpsUser> {
    return {
      handle: `0|${credentials.user}`,
      email: credentials.user,
      firstName: 'Darkroom',
      lastName: 'Administrator',
      isAdmin: true,
      memberships: (await companies()).map((company) => ({ company, role: 'IpsAdmin' })),
    }
  }

  async function isRight(kept: KeptUser | undefined, password: string): Promise<boolean> {
    if (!kept) {
      await compare(password, await nobody)
      return false
    }
    const before = passed.get(kept.password)
    if (before !== undefined && timingSafeEqual(before, digest(password))) return true
    const isTheirs = await compare(password, kept.password)
    if (isTheirs) passed.set(kept.password, digest(password))
    return isTheirs
  }

  /** Hashes take the threads that also read and write files, so that strangers must not have many at once. */
  async function compare(password: string, kept: string): Promise<boolean> {
    if (hashes >= MOST_HASHES) {
      throw new ServiceError(
        'too_many_requests',
        'Too many passwords are being checked; try again in some seconds.',
      )
    }
    hashes += 1
    try {
      return await hashing.run(0, () => isPassword(password, kept))
    } finally {
      hashes -= 1
    }
  }

  return {
    admin,
    async find(handleOrEmail) {
      const [first, others] = await Promise.all([admin(), users.list()])
      const all = [first, ...others.map(toUser)]
      return all.find(
        ({ handle, email }) =>
          handle === handleOrEmail || email.toLowerCase() === handleOrEmail.toLowerCase(),
      )
    },
    async identify(email, password, from) {
      const who = `${from} ${email.toLowerCase()}`
      guesses.demand(who)
      const kept = await users.find(email)
      const isAdminPassword = timingSafeEqual(digest(password), digest(credentials.password))
      if (email === credentials.user && isAdminPassword) return admin()
      if ((await isRight(kept, password)) && kept) return toUser(kept)
      guesses.wrong(who)
      return undefined
    },
  }
}

function toUser({ number, password, ...user }: KeptUser): IpsUser {
  return { ...user, handle: `${number}|${user.email}`, isAdmin: false }
}

/**
 * Finds what a user is in a company.
 *
 * @throws {@link IpsFault} `illegalCompany` when they are nothing in it, whether there is one or not
 */
export function membershipIn(user: IpsUser, companyHandle: string): Membership {
  const membership = user.memberships.find(
    ({ company }) => companyHandle === company || companyHandle === `c|${company}`,
  )
  if (membership) return membership
  const handles = user.memberships.map(({ company }) => `c|${company}`).join(', ')
  throw new IpsFault(
    'illegalCompany',
    `${user.email} is in no company with the handle ${JSON.stringify(companyHandle.slice(0, 60))}, but in ${handles || 'none'}.`,
  )
}

/** Whether somebody may have jobs run in a company. */
export function maySubmit(user: IpsUser | undefined, company: string): boolean {
  const found = user?.memberships.find((each) => each.company === company)
  return found !== undefined && mayCall(found.role, 'submitters')
}
