import { ServiceError } from '../../../../base/errors.ts'
import type { Reading } from '../../../../database/database.ts'
import { type Given, prepareQuery } from '../../../../database/prepared-query.ts'
import { isSegment } from '../../catalogue/object-name.ts'
import { hashForKeeping } from './password-hash.ts'
import type { Role } from './roles.ts'
import type { UsersDatabase, UsersTables } from './users-tables.ts'

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
  /** By their addresses. */
  readonly list: () => Promise<readonly KeptUser[]>
  /** Their addresses are not case-sensitive. */
  readonly find: (email: string) => Promise<KeptUser | undefined>
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
  readonly remove: (email: string) => Promise<boolean>
}

/** Makes what keeps them. */
export function createKeptUsers(database: UsersDatabase): KeptUsers {
  const { committed } = database

  return {
    async list() {
      const rows = await all.all(committed, {})
      const users = Map.groupBy(rows, ({ key }) => key)
      return [...users]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([, each]) => toUser(each) ?? [])
    },
    async find(email) {
      const rows = isAddress(email) ? await byKey.all(committed, { key: keyOf(email) }) : []
      return toUser(rows)
    },
    async add({ email, firstName, lastName, password, company, role }) {
      checkUser(email, company)
      const hash = await hashForKeeping(password)
      return database.write(async (tables) => {
        const known = await tables
          .selectFrom('ips_users')
          .select(['number', 'first_name', 'last_name'])
          .where('key', '=', keyOf(email))
          .executeTakeFirst()
        const names = {
          first_name: firstName === '' ? (known?.first_name ?? '') : firstName,
          last_name: lastName === '' ? (known?.last_name ?? '') : lastName,
        }
        const { number } = known
          ? await tables
              .updateTable('ips_users')
              .set(names)
              .where('number', '=', known.number)
              .returning('number')
              .executeTakeFirstOrThrow()
          : await tables
              .insertInto('ips_users')
              .values({ key: keyOf(email), email, ...names, password: hash })
              .returning('number')
              .executeTakeFirstOrThrow()
        await tables
          .insertInto('ips_memberships')
          .values({ user: number, company, role })
          .onConflict((conflict) => conflict.columns(['user', 'company']).doUpdateSet({ role }))
          .execute()
        return known === undefined
      })
    },
    async setPassword(email, password) {
      const hash = await hashForKeeping(password)
      if (!isAddress(email)) return false
      return database.write(async (tables) => {
        const { numUpdatedRows } = await tables
          .updateTable('ips_users')
          .set({ password: hash })
          .where('key', '=', keyOf(email))
          .executeTakeFirst()
        return numUpdatedRows > 0n
      })
    },
    async remove(email) {
      if (!isAddress(email)) return false
      return database.write(async (tables) => {
        const { numDeletedRows } = await tables
          .deleteFrom('ips_users')
          .where('key', '=', keyOf(email))
          .executeTakeFirst()
        return numDeletedRows > 0n
      })
    },
  }
}

/** Users with what they are in companies, a row each. */
function selectUsers(tables: Reading<UsersTables>) {
  return tables
    .selectFrom('ips_users')
    .leftJoin('ips_memberships', 'ips_memberships.user', 'ips_users.number')
    .select([
      'number',
      'key',
      'email',
      'first_name as firstName',
      'last_name as lastName',
      'password',
      'company',
      'role',
    ])
}

type UserRow = Awaited<ReturnType<ReturnType<typeof selectUsers>['execute']>>[number]

const all = prepareQuery((tables: Reading<UsersTables>, _: Given<Record<string, never>>) =>
  selectUsers(tables),
)

const byKey = prepareQuery((tables: Reading<UsersTables>, given: Given<{ key: string }>) =>
  selectUsers(tables).where('key', '=', given('key')),
)

/** Of the rows of one user. */
function toUser(rows: readonly UserRow[]): KeptUser | undefined {
  const [first] = rows
  if (first === undefined) return undefined
  const { number, email, firstName, lastName, password } = first
  const memberships = rows
    .flatMap(({ company, role }) => (company === null || role === null ? [] : [{ company, role }]))
    .toSorted((one, other) => (one.company < other.company ? -1 : 1))
  return { number, email, firstName, lastName, password, memberships }
}

/** What addresses are that differ in capital letters alone: those that ASCII has. */
function keyOf(email: string): string {
  return email.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function isAddress(email: string): boolean {
  return /^[^\s@|<>,;:"\0]+@[^\s@|<>,;:"\0]+$/.test(email) && email.length <= 254
}

function checkUser(email: string, company: string): void {
  if (!isAddress(email)) {
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
