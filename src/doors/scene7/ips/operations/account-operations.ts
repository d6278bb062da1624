import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { Value } from '../schema/types.ts'
import { type Directory, type IpsUser, membershipIn } from '../users/directory.ts'
import { demandKnownUser } from '../users/known-user.ts'

/** The most bytes of an upload, as `POST /scene7/UploadFile` takes them. */
const MOST_UPLOAD_BYTES = 4 * 1024 ** 3

/** The version of the API that Adobe's pages describe. */
const IPS_VERSION = '6.8'

/** checkLogin, getCompanyInfo, getCompanyMembership, getUserInfo and getProperty. */
export function createAccountOperations(directory: Directory) {
  return {
    async checkLogin({ companyHandle, email, password }, { user: caller }) {
      const user = await directory.identify(email, password, caller.handle)
      const isMember = user && companyHandle !== undefined ? isIn(user, companyHandle) : user
      return { status: isMember ? 'ValidLogin' : 'InvalidLogin' }
    },
    getCompanyInfo({ companyHandle, companyName, imsOrgId }, { user }) {
      if (companyHandle === undefined && companyName === undefined) {
        throw new IpsFault(
          'missingParameter',
          imsOrgId === undefined
            ? 'getCompanyInfoParam needs companyHandle or companyName, and has neither.'
            : 'getCompanyInfoParam needs companyHandle or companyName, as companies here are not known by an imsOrgId.',
        )
      }
      const { company } = membershipIn(user, companyHandle ?? companyName ?? '')
      return { companyInfo: toCompany(company) }
    },
    async getCompanyMembership({ userHandle }, { user }) {
      const { memberships } = await demandKnownUser(directory, user, userHandle)
      return {
        membershipArray: memberships.map(({ company, role }) => ({
          company: toCompany(company),
          role,
          isActive: true,
        })),
      }
    },
    async getUserInfo({ userHandle, email }, { user }) {
      const { handle, isAdmin, firstName, lastName, ...found } = await demandKnownUser(
        directory,
        user,
        userHandle ?? email,
      )
      return {
        userInfo: {
          userHandle: handle,
          firstName,
          lastName,
          email: found.email,
          isValid: true,
          isIpsAdmin: isAdmin,
        },
      }
    },
    getProperty({ name }, { origin }) {
      const properties: Readonly<Record<string, string>> = {
        IpsVersion: IPS_VERSION,
        IpsImageServerUrl: `${origin}/is/image/`,
        SvgRenderRootUrl: `${origin}/is/image/`,
        SvgRenderEnabled: 'true',
        VideoRootUrl: `${origin}/is/content/`,
        UploadPostMaxFileSize: String(MOST_UPLOAD_BYTES),
      }
      const value = properties[name]
      if (value !== undefined && Object.hasOwn(properties, name)) return { value }
      throw new IpsFault(
        'invalidParameter',
        `There is no property ${JSON.stringify(name.slice(0, 60))}: there are ${Object.keys(properties).join(', ')}.`,
      )
    },
  } satisfies Partial<Handlers>
}

function isIn({ memberships }: IpsUser, companyHandle: string): boolean {
  return memberships.some(
    ({ company }) => companyHandle === company || companyHandle === `c|${company}`,
  )
}

function toCompany(name: string): Value<'Company'> {
  return { companyHandle: `c|${name}`, name, rootPath: `${name}/` }
}
