/** `npm run doctor`: what there is on this machine to make conversions with. */
import { readConfig } from '../config.ts'
import { installCommand, PROGRAM_IDS, PROGRAMS } from '../programs/programs.ts'
import { languagesIn } from '../programs/tesseract.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run doctor [-- --json]

Tells which programs of this machine conversions are made with, what each is good for, and how to install those that are
missing. Everything works without them but what it says.

  --json  print JSON
  --help  print this

Exit status: 0, also when programs are missing; 1 when a variable names none; 2 for a mistake in the call.`

function main(): void {
  const { values } = parseArguments({
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    console.log(USAGE)
    return
  }
  const found = readConfig().programs
  const programs = PROGRAM_IDS.map((id) => {
    const { title, purpose, variable } = PROGRAMS[id]
    const install = installCommand(id, process.platform)
    return { id, title, purpose, variable, path: found[id] ?? null, install }
  })
  if (values.json === true) {
    console.log(JSON.stringify(programs, undefined, 2))
    return
  }
  const rows = programs.map(({ id, title, purpose, path, install }) => {
    const languages =
      id === 'tesseract' && path !== null ? ` (${languagesIn(path).join(', ')})` : ''
    return [title, path === null ? `missing: ${install}` : `${path}${languages}`, purpose]
  })
  for (const line of formatColumns(['Program', 'Where', 'For'], rows, 3)) console.log(line)
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
