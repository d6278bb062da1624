import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Credentials } from '../../upload/credentials.ts'
import { IpsFault } from '../ips-fault.ts'
import type { KeptUser, KeptUsers, Membership } from './kept-users.ts'
import { hashForKeeping, isPassword } from './password-hash.ts'
import { mayCall } from './roles.ts'

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
  readonly admin: () => IpsUser
  /** By handle or address. */
  readonly find: (handleOrEmail: string) => IpsUser | undefined
  /** Whose password it is; undefined when it is nobody's. */
  readonly identify: (email: string, password: string) => Promise<IpsUser | undefined>
}

/**
 * Makes the directory of users.
 *
 * @param options.companies - all that there are
 */
export function createDirectory({
  users,
  credentials,
  companies,
}: {
  readonly users: KeptUsers
  readonly credentials: Credentials
  readonly companies: () => readonly string[]
}): Directory {
  // Hashes are slow, and clients send the password with every call: what was right is known by a fast one meanwhile.
  const key = randomBytes(32)
  const passed = new Map<string, Buffer>()
  const nobody = hashForKeeping(randomBytes(16).toString('hex'))
  const digest = (password: string): Buffer => createHmac('sha256', key).update(password).digest()

  function admin(): IpsUser {
    return {
      handle: `0|${credentials.user}`,
      email: credentials.user,
      firstName: 'Darkroom',
      lastName: 'Administrator',
      isAdmin: true,
      memberships: companies().map((company) => ({ company, role: 'IpsAdmin' })),
    }
  }

  async function isRight(kept: KeptUser | undefined, password: string): Promise<boolean> {
    if (!kept) {
      await isPassword(password, await nobody)
      return false
    }
    const given = digest(password)
    const before = passed.get(kept.password)
    if (before !== undefined && timingSafeEqual(before, given)) return true
    const isTheirs = await isPassword(password, kept.password)
    if (isTheirs) passed.set(kept.password, given)
    return isTheirs
  }

  return {
    admin,
    find(handleOrEmail) {
      const all = [admin(), ...users.list().map(toUser)]
      return all.find(
        ({ handle, email }) =>
          handle === handleOrEmail || email.toLowerCase() === handleOrEmail.toLowerCase(),
      )
    },
    async identify(email, password) {
      const isAdminPassword = timingSafeEqual(digest(password), digest(credentials.password))
      if (email === credentials.user && isAdminPassword) return admin()
      const kept = users.find(email)
      return (await isRight(kept, password)) && kept ? toUser(kept) : undefined
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
