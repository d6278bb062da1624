/** `npm run doctor`: what there is on this machine to make conversions with. */
import { readConfig } from '../config.ts'
import { listMakers } from '../doors/jobs/operations/grades.ts'
import { installCommand, PROGRAM_IDS, PROGRAMS } from '../programs/programs.ts'
import { languagesIn } from '../programs/tesseract.ts'
import { readLocalActions } from '../runtime/deploy/manifest.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { describeGrades, reportOperations } from './doctor/operation-report.ts'
import { readProjectActions } from './project-actions.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run doctor [-- --json]

Tells which programs of this machine conversions are made with, what each is good for, and how to install those that are
missing; then what makes each operation of the jobs API: npm ci alone, or programs, with the number of pairs of formats; and
which actions aio app deploy ships.

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
  const config = readConfig()
  const found = config.programs
  const programs = PROGRAM_IDS.map((id) => {
    const { title, purpose, variable } = PROGRAMS[id]
    const install = installCommand(id, process.platform)
    return { id, title, purpose, variable, path: found[id] ?? null, install }
  })
  const operations = reportOperations(listMakers(found))
  const { names, manifest, fullName } = readProjectActions(config)
  const local = new Set(readLocalActions(manifest))
  const actions = names.map((name) => ({ name, deployable: !local.has(fullName(name)) }))
  if (values.json === true) {
    console.log(JSON.stringify({ programs, operations, actions }, undefined, 2))
    return
  }
  const rows = programs.map(({ id, title, purpose, path, install }) => {
    const languages =
      id === 'tesseract' && path !== null ? ` (${languagesIn(path).join(', ')})` : ''
    return [title, path === null ? `missing: ${install}` : `${path}${languages}`, purpose]
  })
  const tables = [
    formatColumns(['Program', 'Where', 'For'], rows, 3),
    formatColumns(
      ['Operation', 'Made by (pairs of formats)'],
      operations.map((each) => [each.operation, describeGrades(each)]),
      2,
    ),
    formatColumns(
      ['Action', 'Runs'],
      actions.map(({ name, deployable }) => [
        name,
        deployable ? 'deployable: aio app deploy ships it' : 'on the machine of the service alone',
      ]),
      2,
    ),
  ]
  console.log(tables.map((lines) => lines.join('\n')).join('\n\n'))
}

try {
  main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
