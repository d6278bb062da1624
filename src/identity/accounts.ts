import { createHash, randomBytes, randomUUID } from 'node:crypto'
import * as z from 'zod/mini'

/** What a key of the jobs API may be allowed, as CloudConvert names it. */
export const KEY_SCOPES = [
  'user.read',
  'user.write',
  'task.read',
  'task.write',
  'webhook.read',
  'webhook.write',
] as const

/** One of {@link KEY_SCOPES}. */
export type KeyScope = (typeof KEY_SCOPES)[number]

/** See {@link User}. */
export const userSchema = z.object({
  id: z.int(),
  username: z.string(),
  /** Signs the webhooks of jobs that name a URL of their own. */
  webhookSecret: z.string(),
  /** Names the user in URLs that are jobs. */
  signedUrlId: z.string(),
  signedUrlSecret: z.string(),
  createdAt: z.int(),
})

/** See {@link ApiKey}. */
export const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  user: z.int(),
  scopes: z.array(z.enum(KEY_SCOPES)),
  /** SHA-256 of the key, hexadecimal. It is as random as a hash, so nothing slower is needed. */
  hash: z.string(),
  createdAt: z.int(),
})

/** Somebody whose jobs nobody else sees. */
export type User = z.infer<typeof userSchema>

/** A key of the jobs API as it is kept: without the key itself. */
export type ApiKey = z.infer<typeof keySchema>

/** The users of the jobs API and their keys. */
export interface Accounts {
  /** See {@link createSealing}. */
  readonly sealingKey: string
  users: () => readonly User[]
  keys: () => readonly ApiKey[]
  /** Whose a key is, and what it may; undefined when there is no such key. */
  identify: (secret: string) => Promise<{ user: User; key: ApiKey } | undefined>
  /**
   * Makes a key.
   *
   * @param options.username - whose it is, a new user's unless there is one of this name
   * @returns the key itself, which nobody can read again
   */
  create: (options: {
    name: string
    username: string
    scopes: readonly KeyScope[]
  }) => Promise<{ secret: string; key: ApiKey }>
  /**
   * Makes a key that may do everything for a user and is gone with this process, for what is done in it on the user's
   * behalf. It is in no list.
   */
  passing: (username: string) => Promise<string>
  /** Makes a key worthless, by its id or name; resolves with how many there were. */
  revoke: (idOrName: string) => Promise<number>
}

/** All users and keys. */
export interface KeptAccounts {
  readonly users: readonly User[]
  readonly keys: readonly ApiKey[]
}

/** Where users and keys are kept. */
export interface AccountsStore {
  /** What was there when it was looked last. */
  readonly current: () => KeptAccounts
  /** Looks at what others have changed, as far as it is known that they have. */
  readonly refresh: () => Promise<void>
  /** Looks whether others have made a key with this hash, though nobody has heard of it. */
  readonly lookFor: (hash: string) => Promise<void>
  /**
   * Changes what is there, all of it or nothing, while nobody else does.
   *
   * @param edit - is given what there is, and tells what there shall be, and what comes of it; it may be asked again
   */
  readonly change: <T>(edit: (current: KeptAccounts) => readonly [KeptAccounts, T]) => Promise<T>
}

/**
 * Makes the accounts of a service.
 *
 * @param sealingKey - see {@link Accounts.sealingKey}
 */
export function createAccounts(
  { current, refresh, lookFor, change }: AccountsStore,
  sealingKey: string,
  now: () => number,
): Accounts {
  const passing = new Map<string, ApiKey>()

  function find(hash: string): { user: User; key: ApiKey } | undefined {
    const { users, keys } = current()
    const key = passing.get(hash) ?? keys.find((each) => each.hash === hash)
    const user = users.find(({ id }) => id === key?.user)
    return key && user && { key, user }
  }

  return {
    sealingKey,
    users: () => current().users,
    keys: () => current().keys,
    async identify(secret) {
      const hash = hashOf(secret)
      await refresh()
      const known = find(hash)
      if (known !== undefined) return known
      await lookFor(hash)
      return find(hash)
    },
    create: ({ name, username, scopes }) =>
      change(({ users, keys }) => {
        const known = users.find((each) => each.username === username)
        const user = known ?? newUser(users.length + 1, username, now())
        const made = newKey({ name, user: user.id, scopes, createdAt: now() })
        const all = known === undefined ? [...users, user] : users
        return [{ users: all, keys: [...keys, made.key] }, made]
      }),
    async passing(username) {
      await refresh()
      const user = current().users.find((each) => each.username === username)
      if (user === undefined) throw new Error(`there is no user ${username}`)
      const made = newKey({ name: '', user: user.id, scopes: KEY_SCOPES, createdAt: now() })
      passing.set(made.key.hash, made.key)
      return made.secret
    },
    revoke: (idOrName) =>
      change((all) => {
        const keys = all.keys.filter(({ id, name }) => id !== idOrName && name !== idOrName)
        const revoked = all.keys.length - keys.length
        return [revoked > 0 ? { ...all, keys } : all, revoked]
      }),
  }
}

function newUser(id: number, username: string, createdAt: number): User {
  return {
    id,
    username,
    webhookSecret: randomBytes(24).toString('base64url'),
    signedUrlId: randomUUID(),
    signedUrlSecret: randomBytes(24).toString('base64url'),
    createdAt,
  }
}

function newKey({
  scopes,
  ...rest
}: Pick<ApiKey, 'name' | 'user' | 'createdAt'> & { scopes: readonly KeyScope[] }): {
  secret: string
  key: ApiKey
} {
  const secret = `dk_${randomBytes(32).toString('base64url')}`
  return { secret, key: { ...rest, id: randomUUID(), scopes: [...scopes], hash: hashOf(secret) } }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
