import type { Directory } from './directory.ts'
import type { KeptUsers } from './kept-users.ts'

/** Those who may see what belongs to all companies: the user of scene7.env, and whoever has the role IpsAdmin. */
export interface Administrators {
  /**
   * Whether a password is that of an administrator.
   *
   * @param from - where it comes from, so that whoever guesses is slowed
   * @returns what tells whether they still are one, with this password; undefined when they are none
   * @throws {ServiceError} `too_many_requests`
   */
  readonly signIn: (
    email: string,
    password: string,
    from: string,
  ) => Promise<(() => Promise<boolean>) | undefined>
}

/** Makes what knows the administrators. */
export function createAdministrators(
  directory: Pick<Directory, 'identify'>,
  users: Pick<KeptUsers, 'find'>,
): Administrators {
  return {
    async signIn(email, password, from) {
      // Before the password is compared: one that is changed meanwhile ends what begins now.
      const kept = await users.find(email)
      const user = await directory.identify(email, password, from)
      if (user === undefined) return undefined
      if (user.isAdmin) return async () => true
      const isAdministrator = async (): Promise<boolean> => {
        const current = await users.find(email)
        return (
          current !== undefined &&
          current.password === kept?.password &&
          current.memberships.some(({ role }) => role === 'IpsAdmin')
        )
      }
      return (await isAdministrator()) ? isAdministrator : undefined
    },
  }
}
