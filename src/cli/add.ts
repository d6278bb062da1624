/** `npm run add`: what not everybody needs, and is large. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { readConfig } from '../config.ts'
import { ADDITION_IDS, ADDITIONS, additionFolder, isAdded } from '../programs/additions.ts'
import { installAddition } from './add/install-addition.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run add -- NAME …
       npm run add -- --list

Adds what not everybody needs, in exact versions and without running scripts of packages, to the state folder
(.darkroom/added, or below DARKROOM_HOME). What is there already is left as it is.

  --list  print what there is, and what of it is added
  --help  print this

Names: ${ADDITION_IDS.join(', ')}

Exit status: 0 when all is added, 1 when something could not be, 2 for a mistake in the call.`

/** Downloads of some hundred megabytes have time. */
const LONGEST_MS = 30 * 60 * 1000

function npm(args: readonly string[], folder: string): Promise<unknown> {
  return promisify(execFile)('npm', args, { cwd: folder, timeout: LONGEST_MS })
}

async function main(): Promise<void> {
  const { values, positionals } = parseArguments({
    allowPositionals: true,
    options: { list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    console.log(USAGE)
    return
  }
  const { home } = readConfig()
  if (values.list === true) {
    const rows = ADDITION_IDS.map((id) => [
      id,
      isAdded(home, id) ? 'added' : 'not added',
      ADDITIONS[id].purpose,
    ])
    for (const line of formatColumns(['Name', 'Here', 'For'], rows, 3)) console.log(line)
    return
  }
  const ids = positionals.map((name) => {
    const id = ADDITION_IDS.find((each) => each === name)
    if (id !== undefined) return id
    const all = ADDITION_IDS.join(', ')
    throw new UsageError(`There is no ${JSON.stringify(name)} to add; there is ${all}.`)
  })
  if (ids.length === 0) throw new UsageError('What to add is missing; --list tells what there is.')
  for (const id of ids) {
    const outcome = await installAddition(id, { home, npm })
    console.log(`${id}: ${outcome}, in ${additionFolder(home, id)}`)
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
