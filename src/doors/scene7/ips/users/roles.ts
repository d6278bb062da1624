import type { Callers } from '../schema/signatures.ts'

/** What somebody may be in a company (r-user-roles). */
export const ROLES = [
  'IpsAdmin',
  'IpsCompanyAdmin',
  'IpsUser',
  'TrialSiteAdmin',
  'TrialSiteUser',
  'ImagePortalAdmin',
  'ImagePortalUser',
  'ImagePortalContrib',
  'ImagePortalContribUser',
] as const

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number]

const EDITORS: readonly Role[] = ['IpsAdmin', 'IpsCompanyAdmin', 'IpsUser', 'ImagePortalAdmin']

/** The roles that may call an operation; the page of each operation lists them. */
const ROLES_OF: Readonly<Record<Callers, readonly Role[]>> = {
  everybody: ROLES,
  submitters: ROLES.filter((role) => role !== 'ImagePortalUser'),
  contributors: [...EDITORS, 'ImagePortalContrib', 'ImagePortalContribUser'],
  editors: EDITORS,
}

/** Whether somebody of this role may call an operation that is for these. */
export function mayCall(role: Role, callers: Callers): boolean {
  return ROLES_OF[callers].includes(role)
}
