import { IpsFault } from '../ips-fault.ts'
import type { Directory, IpsUser } from './directory.ts'

/**
 * Finds a user whom an operation is about: the caller unless it names one. Others are for administrators, and for
 * those of a company that both are in.
 *
 * @param handle - a handle or an address
 * @throws {@link IpsFault} `illegalUser`, whether there is such a user or not
 */
export async function demandKnownUser(
  directory: Directory,
  caller: IpsUser,
  handle: string | undefined,
): Promise<IpsUser> {
  if (handle === undefined) return caller
  const found = await directory.find(handle)
  if (found?.handle === caller.handle) return caller
  if (found && (caller.isAdmin || heads(caller, found))) return found
  throw new IpsFault(
    'illegalUser',
    `There is no user ${JSON.stringify(handle.slice(0, 60))} of whom ${caller.email} may know.`,
  )
}

function heads({ memberships }: IpsUser, other: IpsUser): boolean {
  return memberships.some(
    ({ company, role }) =>
      role === 'IpsCompanyAdmin' && other.memberships.some((each) => each.company === company),
  )
}
