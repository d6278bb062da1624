import type { Generated } from 'kysely'
import type { Database } from '../../../../database/database.ts'
import type { Role } from './roles.ts'

/** Users of IPS beside the one of scene7.env, and what each is in which company. */
export interface UsersTables {
  ips_users: {
    /** Never given to another one, since it is in handles. */
    number: Generated<number>
    /** The address in small letters, since addresses are not case-sensitive. */
    key: string
    email: string
    first_name: string
    last_name: string
    /** How it was hashed, the salt and the hash. */
    password: string
  }
  ips_memberships: {
    user: number
    company: string
    role: Role
  }
}

/** The database of the users of IPS. */
export type UsersDatabase = Database<UsersTables>
