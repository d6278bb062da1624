import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { writePrivateFile } from '../../home/private-file.ts'
import { shellValue } from '../../home/shell-value.ts'
import { type Accounts, KEY_SCOPES } from '../../identity/accounts.ts'
import type { SharedSecrets } from '../../identity/shared-secrets.ts'

const FILE = 'jobs.env'

/** Whose the key is that is there from the beginning. */
export const USERNAME = 'darkroom'

/**
 * Writes `jobs.env`: what a program needs to use the jobs API of this service, under the names that CloudConvert's clients
 * use. A key is made at the first start, and whenever that of the file is worth nothing any more.
 *
 * @param options.shared - what has the key in common that several front ends write
 */
export async function writeJobsEnv(options: {
  home: string
  accounts: Accounts
  shared: SharedSecrets | undefined
  origin: string
  caFile: string
}): Promise<void> {
  const { home, accounts, shared, origin, caFile } = options
  const key =
    shared === undefined
      ? await keepKey(accounts, (await readJobsKey(home)) ?? '')
      : await shareKey(accounts, shared)
  const user = (await accounts.identify(key))?.user
  if (user === undefined) throw new Error('a key that was just made has a user')
  const variables = {
    CLOUDCONVERT_API_KEY: key,
    CLOUDCONVERT_API_URL: `${origin}/v2`,
    CLOUDCONVERT_SYNC_URL: `${origin}/.sync.api.cloudconvert.com/v2`,
    // What the official clients for Node.js and PHP take as their region.
    CLOUDCONVERT_REGION: `${new URL(origin).host}/`,
    CLOUDCONVERT_WEBHOOK_SECRET: user.webhookSecret,
    CLOUDCONVERT_SIGNED_URL_BASE: `${origin}/v2/s/${user.signedUrlId}`,
    CLOUDCONVERT_SIGNED_URL_SECRET: user.signedUrlSecret,
    NODE_EXTRA_CA_CERTS: caFile,
  }
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}=${shellValue(value)}`,
  )
  const head = '# Read by a shell (". jobs.env"), it tells programs where the jobs API is.'
  await writePrivateFile(path.join(home, FILE), [head, ...lines, ''].join('\n'))
}

/** The key that `jobs.env` has; undefined when there is none. */
export async function readJobsKey(home: string): Promise<string | undefined> {
  const text = await readFile(path.join(home, FILE), 'utf8').catch(() => '')
  return /^export CLOUDCONVERT_API_KEY=(\S+)$/m.exec(text)?.[1]
}

/** @returns a key that is good: this one, or else a new one */
async function keepKey(accounts: Accounts, known: string): Promise<string> {
  const isGood = known !== '' && (await accounts.identify(known)) !== undefined
  return isGood ? known : (await makeKey(accounts)).secret
}

/** @returns the key that all front ends have; one that was made here and that another was before is gone again */
async function shareKey(accounts: Accounts, shared: SharedSecrets): Promise<string> {
  const made: { secret: string; key: { id: string } }[] = []
  async function make(): Promise<string> {
    const one = await makeKey(accounts)
    made.push(one)
    return one.secret
  }
  let known = await shared.open('jobs-key', z.string(), make)
  if ((await accounts.identify(known)) === undefined) {
    known = await shared.renew('jobs-key', known, await make())
  }
  for (const { secret, key } of made) if (secret !== known) await accounts.revoke(key.id)
  return known
}

function makeKey(accounts: Accounts) {
  return accounts.create({ name: 'default', username: USERNAME, scopes: KEY_SCOPES })
}
