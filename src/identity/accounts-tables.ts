import * as z from 'zod/mini'
import type { Writing } from '../database/database.ts'
import { newSealingKey } from './accounts-file.ts'
import {
  type Accounts,
  type ApiKey,
  createAccounts,
  type KeptAccounts,
  keySchema,
  type User,
  userSchema,
} from './accounts.ts'
import type { IdentityDatabase, IdentityTables } from './identity-schema.ts'
import type { NamedSealing } from './named-sealing.ts'
import type { SharedSecrets } from './shared-secrets.ts'

/** What of a user is encrypted. */
const signingSchema = z.pick(userSchema, {
  webhookSecret: true,
  signedUrlId: true,
  signedUrlSecret: true,
})

/** What is told when users or keys have changed. */
const TOPIC = 'accounts'

/**
 * Opens the accounts that front ends have in common. They are read once; who changes them tells the others, which read them anew before
 * they answer anything more: a key that is revoked ends within milliseconds everywhere.
 */
export async function openSharedAccounts(options: {
  database: IdentityDatabase
  secrets: SharedSecrets
  sealing: NamedSealing
  now: () => number
}): Promise<Accounts> {
  const { database, secrets, sealing, now } = options
  const rows = createAccountRows(sealing)
  const sealingKey = await secrets.open('sealing-key', z.string(), async () => newSealingKey())
  let accounts: KeptAccounts = { users: [], keys: [] }
  /** Of what was told; those that were read may be older. */
  let told = 1
  let seen = 0
  database.hear(TOPIC, () => {
    told += 1
  })

  async function refresh(): Promise<void> {
    while (seen !== told) {
      const reading = told
      const read = await rows.read(database.committed)
      // What was begun later may have come sooner.
      if (reading <= seen) continue
      accounts = read
      seen = reading
    }
  }

  await refresh()
  return createAccounts(
    {
      current: () => accounts,
      refresh,
      async lookFor(hash) {
        const key = await database.committed
          .selectFrom('job_keys')
          .select('id')
          .where('hash', '=', hash)
          .executeTakeFirst()
        // It was made a moment ago, and what tells of it is on its way.
        if (key !== undefined) told += 1
        await refresh()
      },
      async change(edit) {
        const result = await database.write(async (tables) => {
          const before = await rows.read(tables)
          const [after, made] = edit(before)
          await rows.change(tables, before, after)
          await database.tell(tables, TOPIC, 'changed')
          return made
        })
        told += 1
        await refresh()
        return result
      },
    },
    sealingKey,
    now,
  )
}

/** Reads and writes accounts as rows. */
function createAccountRows(sealing: NamedSealing) {
  return {
    async read(tables: IdentityDatabase['committed']): Promise<KeptAccounts> {
      const users = await tables.selectFrom('job_users').selectAll().orderBy('id').execute()
      const keys = await tables
        .selectFrom('job_keys')
        .selectAll()
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return {
        users: users.map(({ id, username, sealed, created_at: createdAt }) => {
          const signing = signingSchema.parse(sealing.open(nameOf(id), sealed))
          return { id, username, ...signing, createdAt }
        }),
        keys: keys.map(({ scopes, created_at: createdAt, ...key }) =>
          keySchema.parse({ ...key, scopes: JSON.parse(scopes), createdAt }),
        ),
      }
    },
    async change(tables: Writing<IdentityTables>, before: KeptAccounts, after: KeptAccounts) {
      const revoked = before.keys.filter((key) => !after.keys.includes(key)).map(({ id }) => id)
      const users = after.users.filter((user) => !before.users.includes(user))
      const keys = after.keys.filter((key) => !before.keys.includes(key))
      if (revoked.length > 0) {
        await tables.deleteFrom('job_keys').where('id', 'in', revoked).execute()
      }
      for (const user of users) {
        await tables.insertInto('job_users').values(rowOfUser(user, sealing)).execute()
      }
      for (const key of keys) await tables.insertInto('job_keys').values(rowOfKey(key)).execute()
    },
  }
}

/** What is kept of a user. */
export function rowOfUser(
  { id, username, createdAt, ...signing }: User,
  sealing: NamedSealing,
): IdentityTables['job_users'] {
  return { id, username, sealed: sealing.seal(nameOf(id), signing), created_at: createdAt }
}

/** What is kept of a key. */
export function rowOfKey({ scopes, createdAt, ...key }: ApiKey): IdentityTables['job_keys'] {
  return { ...key, scopes: JSON.stringify(scopes), created_at: createdAt }
}

function nameOf(user: number): string {
  return `job_users/${user}`
}
