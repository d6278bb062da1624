/** `npm run keys`: keys of the jobs API. */
import { mkdir } from 'node:fs/promises'
import { openAccountsAlone } from '../compose/identity.ts'
import { readConfig } from '../config.ts'
import { type Accounts, KEY_SCOPES, type KeyScope } from '../identity/accounts.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { COMMAND_LOG } from './command-log.ts'
import { printJson } from './print-json.ts'

const USAGE = `Usage: npm run keys -- list [--json]
       npm run keys -- create [--name NAME] [--user USER] [--scope SCOPE …] [--json]
       npm run keys -- revoke ID_OR_NAME [--json]

Keys of the jobs API. A service that runs minds them at once.

  --name NAME    what the key is called in lists; "key" unless given
  --user USER    whose it is: nobody sees the jobs of another user; "darkroom" unless given, who has the key of jobs.env
  --scope SCOPE  what it may, several times for several, all unless given: ${KEY_SCOPES.join(', ')}
  --json         print JSON: the keys, the one that was made, or the number of those revoked
  --help         print this

Exit status: 0 when it is done, 1 when there is no such key, 2 for a mistake in the call.`

function readScopes(names: readonly string[] | undefined): KeyScope[] {
  if (names === undefined) return [...KEY_SCOPES]
  return names.map((name) => {
    const scope = KEY_SCOPES.find((each) => each === name)
    if (scope !== undefined) return scope
    const all = KEY_SCOPES.join(', ')
    throw new UsageError(`--scope must be one of ${all}, but it is ${JSON.stringify(name)}.`)
  })
}

/** What there is to be told of a key. */
interface ListedKey {
  readonly id: string
  readonly name: string
  readonly user: string
  readonly scopes: readonly KeyScope[]
  readonly created_at: string
}

function list(accounts: Accounts): ListedKey[] {
  const users = new Map(accounts.users().map(({ id, username }) => [id, username]))
  return accounts.keys().map(({ id, name, user, scopes, createdAt }) => ({
    id,
    name,
    user: users.get(user) ?? '',
    scopes,
    created_at: new Date(createdAt).toISOString(),
  }))
}

/** A line a key, in columns. */
function describe(keys: readonly ListedKey[]): string {
  const rows = keys.map(({ id, name, user, scopes, created_at: created }) => [
    id,
    name,
    user,
    created.slice(0, 10),
    scopes.length === KEY_SCOPES.length ? 'all scopes' : scopes.join(' '),
  ])
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .join('\n')
}

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      user: { type: 'string' },
      scope: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [command, subject = '', third] = positionals
  const takesSubject = command === 'revoke'
  const isKnown = takesSubject || command === 'list' || command === 'create'
  if (!isKnown || third !== undefined || (subject !== '') !== takesSubject) {
    throw new UsageError(`It takes list, create, or revoke with a key.\n\n${USAGE}`)
  }
  const config = readConfig()
  process.umask(0o077)
  await mkdir(config.home, { recursive: true, mode: 0o700 })
  const { accounts, close } = await openAccountsAlone(config, COMMAND_LOG, Date.now)
  try {
    return await run(command, subject, accounts, values)
  } finally {
    await close()
  }
}

async function run(
  command: string | undefined,
  subject: string,
  accounts: Accounts,
  values: { name?: string; user?: string; scope?: string[]; json?: boolean },
): Promise<number> {
  if (command === 'list') {
    const keys = list(accounts)
    if (values.json === true) printJson(keys)
    else if (keys.length > 0) console.log(describe(keys))
    return 0
  }
  if (command === 'create') {
    const { name = 'key', user: username = 'darkroom' } = values
    const scopes = readScopes(values.scope)
    const { secret, key } = await accounts.create({ name, username, scopes })
    if (values.json === true) printJson({ id: key.id, key: secret })
    else console.log(secret)
    console.error(`This is the only time that it is shown. Its id is ${key.id}.`)
    return 0
  }
  const revoked = await accounts.revoke(subject)
  if (revoked > 0) {
    if (values.json === true) printJson({ revoked })
    return 0
  }
  throw new Error(`There is no key ${JSON.stringify(subject)}; npm run keys -- list shows them.`)
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
