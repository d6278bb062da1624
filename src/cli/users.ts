/** `npm run users`: users of the SOAP API of Scene7. */
import { randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { ServiceError } from '../base/errors.ts'
import { type Databases, openDatabases } from '../compose/databases.ts'
import { openSecrets } from '../compose/identity.ts'
import { createParts } from '../compose/parts.ts'
import { readConfig } from '../config.ts'
import { createKeptUsers, type KeptUser } from '../doors/scene7/ips/users/kept-users.ts'
import { ROLES, type Role } from '../doors/scene7/ips/users/roles.ts'
import { openUsers } from '../doors/scene7/scene7-databases.ts'
import { openScene7Env } from '../doors/scene7/scene7-env.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { COMMAND_LOG } from './command-log.ts'
import { printJson } from './print-json.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run users -- list
       npm run users -- add EMAIL [--company NAME] [--role ROLE] [--first-name NAME] [--last-name NAME] [--stdin]
       npm run users -- password EMAIL [--stdin]
       npm run users -- remove EMAIL

Users of the SOAP API of Scene7, beside the one of scene7.env. A service that runs minds them at once.

  --company NAME     where they are a member; the company of scene7.env unless given; who is added again is in several
  --role ROLE        what they are there, IpsUser unless given: ${ROLES.join(', ')}
  --first-name NAME  what they are called, as well as --last-name
  --stdin            read the password from the input; unless given, it is made and printed
  --json             print JSON: the users, or the user and the password that was made
  --help             print this

Exit status: 0 when it is done, 1 when there is no such user, 2 for a mistake in the call.`

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: {
      company: { type: 'string' },
      role: { type: 'string' },
      'first-name': { type: 'string' },
      'last-name': { type: 'string' },
      stdin: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [command = '', email, third] = positionals
  const isKnown = ['list', 'add', 'password', 'remove'].includes(command)
  if (!isKnown || third !== undefined || (email === undefined) !== (command === 'list')) {
    throw new UsageError(`It takes list, or add, password or remove with an address.\n\n${USAGE}`)
  }
  const isJson = values.json === true
  const role = readRole(values.role)
  const config = readConfig()
  const { home } = config
  process.umask(0o077)
  const parts = createParts()
  try {
    const databases = await openDatabases(config, COMMAND_LOG, parts)
    const users = createKeptUsers(parts.add(await openUsers(databases.open, home)))
    if (email === undefined) {
      const all = await users.list()
      if (isJson) printJson(list(all))
      else for (const line of describe(all)) console.log(line)
      return 0
    }
    if (command === 'remove') {
      demand(await users.remove(email), email)
      if (isJson) printJson({ email })
      return 0
    }
    const password = await choosePassword(values.stdin === true)
    if (command === 'password') {
      demand(await users.setPassword(email, password.text), email)
    } else {
      const company = values.company ?? (await readCompany(home, databases))
      const { 'first-name': firstName = '', 'last-name': lastName = '' } = values
      const user = { email, firstName, lastName, company, role, password: password.text }
      if (!(await users.add(user))) {
        console.error(`${email} is known already, and keeps the password.`)
        if (isJson) printJson({ email })
        return 0
      }
    }
    if (isJson) printJson({ email, ...(password.isMade && { password: password.text }) })
    if (!password.isMade) return 0
    if (!isJson) console.log(password.text)
    console.error('This is the only time that it is shown.')
    return 0
  } finally {
    await parts.unwind()
  }
}

async function readCompany(home: string, databases: Databases): Promise<string> {
  const { company } = await openScene7Env(home, await openSecrets(databases, Date.now))
  return company
}

function readRole(name: string = 'IpsUser'): Role {
  const role = ROLES.find((each) => each === name)
  if (role !== undefined) return role
  throw new UsageError(
    `--role must be one of ${ROLES.join(', ')}, but it is ${JSON.stringify(name)}.`,
  )
}

/** What there is to be told of users. */
function list(users: readonly KeptUser[]) {
  return users.map(({ email, firstName, lastName, memberships }) => ({
    email,
    firstName,
    lastName,
    memberships: memberships.map(({ company, role }) => ({ company, role })),
  }))
}

/** A line a membership, in columns. */
function describe(users: readonly KeptUser[]): readonly string[] {
  const rows = users.flatMap(({ email, firstName, lastName, memberships }) =>
    memberships.map(({ company, role }) => [email, company, role, `${firstName} ${lastName}`]),
  )
  return rows.length === 0 ? [] : formatColumns(['USER', 'COMPANY', 'ROLE', 'NAME'], rows, 4)
}

async function choosePassword(isGiven: boolean): Promise<{ text: string; isMade: boolean }> {
  if (!isGiven) return { text: randomBytes(18).toString('base64url'), isMade: true }
  const given = (await text(process.stdin)).replace(/\r?\n$/, '')
  if (given !== '') return { text: given, isMade: false }
  throw new UsageError('The input must have a password with --stdin, and it is empty.')
}

/** @throws {Error} one sentence, unless there is such a user */
function demand(isThere: boolean, email: string): void {
  if (isThere) return
  throw new Error(`There is no user ${JSON.stringify(email)}; npm run users -- list shows them.`)
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  const isOfCall =
    error instanceof UsageError || (error instanceof ServiceError && error.code === 'invalid')
  process.exitCode = isOfCall ? 2 : 1
}
