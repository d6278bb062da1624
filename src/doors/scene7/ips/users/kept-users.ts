import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { ServiceError } from '../../../../base/errors.ts'
import { changeFolder } from '../../../../home/private-file.ts'
import { openSqliteFile } from '../../../../home/sqlite-file.ts'
import { isSegment } from '../../catalogue/object-name.ts'
import { hashForKeeping } from './password-hash.ts'
import { ROLES, type Role } from './roles.ts'
import { USERS_MIGRATIONS } from './users-schema.ts'

/** What somebody is in a company. */
export interface Membership {
  readonly company: string
  readonly role: Role
}

/** A user as it is kept. */
export interface KeptUser {
  readonly number: number
  readonly email: string
  readonly firstName: string
  readonly lastName: string
  /** See {@link hashForKeeping}. */
  readonly password: string
  readonly memberships: readonly Membership[]
}

/** The users of IPS, but for the one of scene7.env. */
export interface KeptUsers {
  readonly list: () => readonly KeptUser[]
  /** Their addresses are not case-sensitive. */
  readonly find: (email: string) => KeptUser | undefined
  /**
   * Makes somebody a member of a company, in place of what they were in it before. Who is new gets the password, and who is known
   * keeps theirs, and the names that are not given.
   *
   * @returns whether they are new
   * @throws {ServiceError} `invalid` for an address, a company or a name that is none
   */
  readonly add: (
    user: Pick<KeptUser, 'email' | 'firstName' | 'lastName'> & Membership & { password: string },
  ) => Promise<boolean>
  /** @returns whether there was such a user */
  readonly setPassword: (email: string, password: string) => Promise<boolean>
  /** @returns whether there was such a user */
  readonly remove: (email: string) => boolean
  readonly close: () => void
}

const userSchema = z.object({
  number: z.number(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  password: z.string(),
})
const membershipSchema = z.object({ company: z.string(), role: z.enum(ROLES) })
const numberSchema = z.object({ number: z.number() })

/**
 * Opens the users of the service whose state is in `home`. Commands may change them while it runs, which sees it at the next
 * request.
 */
export async function openKeptUsers(home: string): Promise<KeptUsers> {
  const folder = path.join(home, 'scene7')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // SQLite itself has nobody wait who makes the file while somebody else does.
  const connection = await changeFolder(folder, async () =>
    openSqliteFile(path.join(folder, 'users.sqlite'), {
      migrations: USERS_MIGRATIONS,
      synchronous: 'FULL',
    }),
  )
  const columns = 'number, email, first_name AS firstName, last_name AS lastName, password'
  const selectAll = connection.prepare(`SELECT ${columns} FROM users ORDER BY email`)
  const select = connection.prepare(`SELECT ${columns} FROM users WHERE email = ?`)
  const selectMemberships = connection.prepare(
    'SELECT company, role FROM memberships WHERE user = ? ORDER BY company',
  )
  const insert = connection.prepare(`
    INSERT INTO users (email, first_name, last_name, password) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET first_name = coalesce(nullif(excluded.first_name, ''), first_name),
      last_name = coalesce(nullif(excluded.last_name, ''), last_name)
    RETURNING number
  `)
  const join = connection.prepare(`
    INSERT INTO memberships (user, company, role) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET role = excluded.role
  `)
  const change = connection.prepare('UPDATE users SET password = ? WHERE email = ?')
  const drop = connection.prepare('DELETE FROM users WHERE email = ?')

  function toUser(row: unknown): KeptUser {
    const user = userSchema.parse(row)
    const memberships = selectMemberships.all(user.number)
    return { ...user, memberships: memberships.map((each) => membershipSchema.parse(each)) }
  }

  return {
    list: () => selectAll.all().map(toUser),
    find(email) {
      const row = select.get(email)
      return row === undefined ? undefined : toUser(row)
    },
    async add({ email, firstName, lastName, password, company, role }) {
      checkUser(email, company)
      const hash = await hashForKeeping(password)
      connection.exec('BEGIN IMMEDIATE')
      try {
        const isNew = select.get(email) === undefined
        const { number } = numberSchema.parse(insert.get(email, firstName, lastName, hash))
        join.run(number, company, role)
        connection.exec('COMMIT')
        return isNew
      } catch (error) {
        connection.exec('ROLLBACK')
        throw error
      }
    },
    async setPassword(email, password) {
      return change.run(await hashForKeeping(password), email).changes > 0
    },
    remove: (email) => drop.run(email).changes > 0,
    close: () => {
      if (connection.isOpen) connection.close()
    },
  }
}

function checkUser(email: string, company: string): void {
  if (!/^[^\s@|<>,;:"]+@[^\s@|<>,;:"]+$/.test(email) || email.length > 254) {
    throw new ServiceError(
      'invalid',
      `A user is called by an e-mail address, and ${JSON.stringify(email.slice(0, 60))} is none.`,
    )
  }
  if (!isSegment(company) || company.startsWith('.')) {
    throw new ServiceError(
      'invalid',
      `${JSON.stringify(company.slice(0, 60))} is no name for a company: it must have no slashes.`,
    )
  }
}
