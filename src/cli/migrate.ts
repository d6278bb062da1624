/** `npm run migrate`: all state of a service to PostgreSQL. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Migrated } from '../compose/migrate.ts'
import { readConfig, readDatabase } from '../config.ts'
import { nameDatabase } from '../database/database-url.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { interruptible } from './interruptible.ts'
import { printJson } from './print-json.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run migrate -- [--from HOME] [--to URL] [--json]

Copies what a state folder has in its databases, with users, keys and secrets, to an empty database of PostgreSQL: all of it or
nothing. Then it reads the rows there, and compares their number and checksums. The folder stays as it is; no service may run
there. The secrets are encrypted there with DATABASE_KEY.

With STORAGE_URL, objects and the originals of assets are copied to that store, and compared; without it they stay in the folder,
for one front end that has it as its DARKROOM_HOME.

  --from HOME  the state folder; DARKROOM_HOME unless given
  --to URL     the database, as postgres://USER@HOST:PORT/DATABASE; DATABASE_URL unless given. Others on this machine see the
               arguments of a command: a password is better in DATABASE_URL or PGPASSWORD
  --json       print what was copied as JSON
  --help       print this

Exit status: 0 when all is there; 1 when nothing is; 2 for a mistake in the call.`

async function main(): Promise<void> {
  const { values } = parseArguments({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return
  }
  const config = readConfig()
  const home = values.from === undefined ? config.home : path.resolve(values.from)
  const database = values.to === undefined ? config.database : readDatabase(values.to)
  if (database === undefined) throw new UsageError(`It takes --to, or DATABASE_URL.\n\n${USAGE}`)
  if (!existsSync(home)) throw new Error(`There is no state folder ${home}; --from says which.`)
  process.umask(0o077)
  const isJson = values.json === true
  const { migrateHome } = await import('../compose/migrate.ts')
  const migrated = await interruptible((signal) =>
    migrateHome({
      home,
      database,
      storage: config.storage,
      now: Date.now,
      onWait: (message) => console.error(message),
      onObject: (count) => !isJson && count % 1000 === 0 && console.error(`${count} objects`),
      signal,
    }),
  )
  if (isJson) {
    printJson({ ...migrated, objects: migrated.objects ?? null })
    return
  }
  for (const line of describe(migrated)) console.log(line)
  console.log(
    `\nAll of it is in ${nameDatabase(database.url)}, and the same. ${describeRest(migrated, home)}`,
  )
}

function describe({ tables, objects }: Migrated): readonly string[] {
  const rows = tables.map(({ table, rows: count, checksum }) => [
    table,
    checksum.slice(0, 16),
    String(count),
  ])
  const others =
    objects === undefined
      ? []
      : [['objects', `${Math.ceil(objects.bytes / 1e6)} MB`, String(objects.count)]]
  return formatColumns(['TABLE', 'CHECKSUM', 'ROWS'], [...rows, ...others], 2)
}

function describeRest({ objects }: Migrated, home: string): string {
  const stays =
    'What aio has deployed, the history of the developer page, test cases, mails that are files and scene7.json'
  if (objects === undefined) {
    return `Objects and the originals of assets stay in ${home}, and so do other files: the one front end that has DATABASE_URL must have it as its DARKROOM_HOME.`
  }
  return `${stays} stay in ${home}.`
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
