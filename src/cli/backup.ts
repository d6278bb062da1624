/** `npm run backup`: the state folder in one file, while a service runs there or not. */
import { existsSync } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { readPackageVersion } from '../base/package-version.ts'
import { STATE_FILES } from '../compose/state-files.ts'
import { readConfig } from '../config.ts'
import { type DatabaseSettings, nameDatabase } from '../database/database-url.ts'
import { writeBackup } from '../home/backup/write-backup.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { interruptible } from './interruptible.ts'
import { printJson } from './print-json.ts'
import { STANDARD_OUTPUT } from './standard-output.ts'

const USAGE = `Usage: npm run backup -- FILE_OR_FOLDER [--json]

Writes all that is in the state folder (DARKROOM_HOME) at one moment into a TAR archive, while a service runs there or not; in a
folder it is called darkroom-TIME.tar. The passwords and keys of the service are in it. What ends in .draft was broken
off and may be deleted. What DATABASE_URL and STORAGE_URL have elsewhere is not in it: pg_dump backs up the database.

  --json  print what became of it as JSON
  --help  print this

Exit status: 0 when it is there as a whole; 1 when it is not, or when files are missing in the state folder; 2 for a mistake
in the call.`

async function main(): Promise<number> {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const [target, second] = positionals
  if (target === undefined || second !== undefined) {
    throw new UsageError(`It takes one file or folder.\n\n${USAGE}`)
  }
  if (target === STANDARD_OUTPUT) {
    throw new UsageError(
      "A backup goes into a file, which is its owner's alone, and not to the standard output.",
    )
  }
  const { home, database } = readConfig()
  process.umask(0o077)
  await requireOwn(home)
  const file = await chooseFile(target)
  await requireOutside(home, file)
  const version = readPackageVersion()
  const { files, bytes, lost } = await interruptible((signal) =>
    writeBackup({ home, file, files: STATE_FILES, version, now: Date.now, signal }),
  )
  if (values.json === true) printJson({ file, files, bytes, lost })
  else console.log(`${file}: ${files} files, ${Math.ceil(bytes / 1e6)} MB`)
  if (database !== undefined) console.error(describeElsewhere(database))
  for (const name of lost) {
    console.error(`${path.join(home, name)} is missing; npm run doctor tells what belongs there.`)
  }
  return lost.length === 0 ? 0 : 1
}

function describeElsewhere({ url }: DatabaseSettings): string {
  return `What is in the database ${nameDatabase(url)} is not in it: pg_dump backs that up, and DATABASE_KEY has to be kept elsewhere.`
}

async function requireOwn(home: string): Promise<void> {
  const found = await stat(home).catch(() => undefined)
  if (found === undefined) {
    throw new Error(`There is no state folder ${home}; DARKROOM_HOME says where it is.`)
  }
  const own = process.getuid?.()
  if (own !== undefined && found.uid !== own) {
    throw new Error(
      `${home} belongs to another user (${found.uid}), who must make the backup, and not this one (${own}).`,
    )
  }
}

async function chooseFile(target: string): Promise<string> {
  const found = await stat(target).catch(() => undefined)
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = found?.isDirectory() === true ? path.join(target, `darkroom-${time}.tar`) : target
  if (existsSync(file)) throw new Error(`${file} is there already; a backup goes into a new file.`)
  return path.resolve(file)
}

async function requireOutside(home: string, file: string): Promise<void> {
  const folder = await realpath(path.dirname(file)).catch((cause: unknown) => {
    throw new Error(`There is no folder ${path.dirname(file)} for the backup.`, { cause })
  })
  if (`${folder}${path.sep}`.startsWith(`${await realpath(home)}${path.sep}`)) {
    throw new UsageError(`${file} must not be in the state folder, which it is a backup of.`)
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
