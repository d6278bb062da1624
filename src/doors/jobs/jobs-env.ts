import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { writePrivateFile } from '../../home/private-file.ts'
import { shellValue } from '../../home/shell-value.ts'
import { type Accounts, KEY_SCOPES } from '../../identity/accounts.ts'

/** Whose the key is that is there from the beginning. */
export const USERNAME = 'darkroom'

/**
 * Writes `jobs.env`: what a program needs to use the jobs API of this service, under the names that CloudConvert's clients
 * use. A key is made at the first start, and whenever that of the file is worth nothing any more.
 */
export async function writeJobsEnv(options: {
  home: string
  accounts: Accounts
  origin: string
  caFile: string
}): Promise<void> {
  const { home, accounts, origin, caFile } = options
  const file = path.join(home, 'jobs.env')
  const text = await readFile(file, 'utf8').catch(() => '')
  const known = /^export CLOUDCONVERT_API_KEY=(\S+)$/m.exec(text)?.[1] ?? ''
  const found = known === '' ? undefined : await accounts.identify(known)
  const secret =
    found === undefined
      ? await accounts.create({ name: 'default', username: USERNAME, scopes: KEY_SCOPES })
      : { secret: known }
  const user = found?.user ?? accounts.users().find(({ username }) => username === USERNAME)
  if (user === undefined) throw new Error('a key that was just made has a user')
  const variables = {
    CLOUDCONVERT_API_KEY: secret.secret,
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
  await writePrivateFile(file, [head, ...lines, ''].join('\n'))
}
