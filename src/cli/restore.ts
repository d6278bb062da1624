/** `npm run restore`: a state folder out of a backup. */
import path from 'node:path'
import { readConfig } from '../config.ts'
import { restoreBackup } from '../home/backup/restore-backup.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { checkFile } from './files-of-call.ts'
import { interruptible } from './interruptible.ts'
import { printJson } from './print-json.ts'

const USAGE = `Usage: npm run restore -- FILE [--json]

Makes the state folder (DARKROOM_HOME) anew of what npm run backup has written. There must be no such folder, or an empty
one; it is made as a whole or not at all.

  --json  print what became of it as JSON
  --help  print this

Exit status: 0 when it is there; 1 when the backup is damaged, or the folder not empty; 2 for a mistake in the call.`

async function main(): Promise<void> {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    console.log(USAGE)
    return
  }
  const [file, second] = positionals
  if (file === undefined || second !== undefined) {
    throw new UsageError(`It takes one file.\n\n${USAGE}`)
  }
  checkFile(file)
  const { home } = readConfig()
  process.umask(0o077)
  const restored = await interruptible((signal) =>
    restoreBackup({ home, file: path.resolve(file), signal }),
  )
  if (values.json === true) {
    printJson({ home, ...restored })
    return
  }
  const { files, bytes, createdAt, version } = restored
  const size = `${files} files, ${Math.ceil(bytes / 1e6)} MB`
  console.log(`${home}: ${size}, as of ${createdAt}, by Darkroom ${version}`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
