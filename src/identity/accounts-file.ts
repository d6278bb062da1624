import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { changeFolder, openPrivateJson, writePrivateFile } from '../home/private-file.ts'
import { type Accounts, createAccounts, keySchema, userSchema } from './accounts.ts'

/** What `accounts.json` in the state folder has. */
export const accountsSchema = z.object({
  /** Encrypts what tasks are asked for, hexadecimal. */
  sealingKey: z.string(),
  users: z.array(userSchema),
  keys: z.array(keySchema),
})

/** Makes a key that encrypts what tasks are asked for, see `createSealing`. */
export function newSealingKey(): string {
  return randomBytes(32).toString('hex')
}

/**
 * Opens the accounts of the service whose state is in `home`. They are a file of their own, so that keys can be made and
 * revoked while a service runs, which sees it at the next request.
 */
export async function openAccounts(home: string, now: () => number): Promise<Accounts> {
  const file = path.join(home, 'accounts.json')
  const read = (): Promise<z.infer<typeof accountsSchema>> =>
    openPrivateJson(file, accountsSchema, async () => ({
      sealingKey: newSealingKey(),
      users: [],
      keys: [],
    }))
  const { sealingKey, ...rest } = await read()
  let accounts = rest
  let version = versionOf(file)

  /** Reads what another process has written. */
  async function refresh(): Promise<void> {
    const current = versionOf(file)
    if (current === version) return
    accounts = await read()
    version = current
  }

  return createAccounts(
    {
      current: () => accounts,
      refresh,
      // A file hides nothing.
      lookFor: () => Promise.resolve(),
      change: (edit) =>
        changeFolder(home, async () => {
          await refresh()
          const [changed, result] = edit(accounts)
          if (changed !== accounts) {
            const { users, keys } = changed
            const written = { sealingKey, users: [...users], keys: [...keys] }
            await writePrivateFile(file, `${JSON.stringify(written, undefined, 2)}\n`)
            accounts = written
            version = versionOf(file)
          }
          return result
        }),
    },
    sealingKey,
    now,
  )
}

/** Changes whenever the file does: each version of it is another file, renamed into place. */
function versionOf(file: string): string {
  const { ino, mtimeMs } = statSync(file)
  return `${ino} ${mtimeMs}`
}
