import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { changeFolder, openPrivateJson, writePrivateFile } from '../home/private-file.ts'

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

const userSchema = z.object({
  id: z.int(),
  username: z.string(),
  /** Signs the webhooks of jobs that name a URL of their own. */
  webhookSecret: z.string(),
  /** Names the user in URLs that are jobs. */
  signedUrlId: z.string(),
  signedUrlSecret: z.string(),
  createdAt: z.int(),
})

const keySchema = z.object({
  id: z.string(),
  name: z.string(),
  user: z.int(),
  scopes: z.array(z.enum(KEY_SCOPES)),
  /** SHA-256 of the key, hexadecimal. It is as random as a hash, so nothing slower is needed. */
  hash: z.string(),
  createdAt: z.int(),
})

/** What `accounts.json` in the state folder has. */
export const accountsSchema = z.object({
  /** Encrypts what tasks are asked for, hexadecimal. */
  sealingKey: z.string(),
  users: z.array(userSchema),
  keys: z.array(keySchema),
})

/** Somebody whose jobs nobody else sees. */
export type User = z.infer<typeof userSchema>

/** A key of the jobs API as it is kept: without the key itself. */
export type ApiKey = z.infer<typeof keySchema>

type AccountsFile = z.infer<typeof accountsSchema>

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

/**
 * Opens the accounts of the service whose state is in `home`. They are a file of their own, so that keys can be made and
 * revoked while a service runs, which sees it at the next request.
 */
export async function openAccounts(home: string, now: () => number): Promise<Accounts> {
  const file = path.join(home, 'accounts.json')
  const read = (): Promise<AccountsFile> =>
    openPrivateJson(file, accountsSchema, async () => ({
      sealingKey: randomBytes(32).toString('hex'),
      users: [],
      keys: [],
    }))
  let accounts = await read()
  let version = versionOf(file)
  const passing = new Map<string, ApiKey>()

  /** Reads what another process has written. */
  async function refresh(): Promise<void> {
    const current = versionOf(file)
    if (current === version) return
    accounts = await read()
    version = current
  }

  /** @param edit - is given what there is, and tells what there shall be, and what comes of it */
  function change<T>(edit: (current: AccountsFile) => readonly [AccountsFile, T]): Promise<T> {
    return changeFolder(home, async () => {
      await refresh()
      const [changed, result] = edit(accounts)
      if (changed !== accounts) {
        await writePrivateFile(file, `${JSON.stringify(changed, undefined, 2)}\n`)
        accounts = changed
        version = versionOf(file)
      }
      return result
    })
  }

  return {
    sealingKey: accounts.sealingKey,
    users: () => accounts.users,
    keys: () => accounts.keys,
    async identify(secret) {
      await refresh()
      const hash = hashOf(secret)
      const key = passing.get(hash) ?? accounts.keys.find((each) => each.hash === hash)
      const user = accounts.users.find(({ id }) => id === key?.user)
      return key && user && { key, user }
    },
    create: ({ name, username, scopes }) =>
      change((current) => {
        const known = current.users.find((each) => each.username === username)
        const user = known ?? newUser(current.users.length + 1, username, now())
        const made = newKey({ name, user: user.id, scopes, createdAt: now() })
        const users = known === undefined ? [...current.users, user] : current.users
        return [{ ...current, users, keys: [...current.keys, made.key] }, made]
      }),
    async passing(username) {
      await refresh()
      const user = accounts.users.find((each) => each.username === username)
      if (user === undefined) throw new Error(`there is no user ${username}`)
      const made = newKey({ name: '', user: user.id, scopes: KEY_SCOPES, createdAt: now() })
      passing.set(made.key.hash, made.key)
      return made.secret
    },
    revoke: (idOrName) =>
      change((current) => {
        const keys = current.keys.filter(({ id, name }) => id !== idOrName && name !== idOrName)
        const revoked = current.keys.length - keys.length
        return [revoked > 0 ? { ...current, keys } : current, revoked]
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

/** Changes whenever the file does: each version of it is another file, renamed into place. */
function versionOf(file: string): string {
  const { ino, mtimeMs } = statSync(file)
  return `${ino} ${mtimeMs}`
}
