/** `npm run doctor`: whether the service is installed as it should be, its state folder sound, and what more there could be. */
import { tmpdir } from 'node:os'
import { type Config, readConfig } from '../config.ts'
import { listMakers } from '../doors/jobs/operations/grades.ts'
import { howToInstall, PROGRAM_IDS, PROGRAMS } from '../programs/programs.ts'
import { languagesIn } from '../programs/tesseract.ts'
import { readLocalActions } from '../runtime/deploy/manifest.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { type Examined, examine } from './doctor/examine.ts'
import type { Finding } from './doctor/finding.ts'
import { describeGrades, reportOperations } from './doctor/operation-report.ts'
import { askAtTerminal, type Repaired, repair } from './doctor/repair.ts'
import { printJson } from './print-json.ts'
import { findOtherProject, OWN_PROJECT, readProjectActions } from './project-actions.ts'
import { formatColumns } from './text-table.ts'

const USAGE = `Usage: npm run doctor [-- --repair [--yes]] [--json]

Tells which programs of this machine conversions are made with, what each is good for, and how to install those that are
missing; then what makes each operation of the jobs API: npm ci alone, or programs, with the number of pairs of formats; and
which actions aio app deploy ships. Then it looks whether the project is installed as it should be, and its state folder
(DARKROOM_HOME) sound, also while a service runs: it changes nothing.

  --repair  mend what can be mended without losing anything: modes, certificates, what is left behind, databases that are
            mostly empty; asks before each
  --yes     do not ask
  --json    print JSON
  --help    print this

Exit status: 0, also when programs are missing; 1 when something is wrong, or a variable names no program; 2 for a mistake in
the call.`

const MARKS = { sound: 'ok', remark: 'note', wrong: 'WRONG' } as const

async function main(): Promise<number> {
  const { values } = parseArguments({
    options: {
      json: { type: 'boolean' },
      repair: { type: 'boolean' },
      yes: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) {
    console.log(USAGE)
    return 0
  }
  const { json = false, repair: isRepairing = false, yes = false } = values
  if (isRepairing && !yes && (json || !process.stdin.isTTY)) {
    throw new UsageError('With --repair it takes --yes as well, where nobody can be asked.')
  }
  process.umask(0o077)
  const config = readConfig()
  const means = reportMeans(config)
  if (!json) printMeans(means)
  const examined: Examined = {
    project: OWN_PROJECT,
    home: config.home,
    place: config.place,
    storage: config.storage,
    database: config.database,
    elsewhere: config.elsewhere,
    apiHostOfAio: config.apiHostOfAio,
    deployable: config.elsewhere?.platform === undefined ? [] : findDeployable(config),
    bwrap: config.programs.bwrap,
    temporary: tmpdir(),
    nodeVersion: process.versions.node,
    now: Date.now,
  }
  if (!json) console.log()
  let findings = await collect(examine(examined), json ? undefined : printFinding)
  const repairs: Repaired[] = []
  if (isRepairing) {
    const ask = yes ? async () => true : askAtTerminal
    repairs.push(
      ...(await collect(repair(config.home, findings, ask), json ? undefined : printRepair)),
    )
    if (repairs.some(({ outcome }) => outcome === 'done')) {
      findings = await collect(examine(examined))
      if (!json) for (const each of findings) if (each.state === 'wrong') printFinding(each)
    }
  } else if (!json && findings.some((each) => each.repair !== undefined)) {
    console.log('npm run doctor -- --repair mends some of it, and asks before each.')
  }
  if (json) {
    const told = findings.map(({ state, sentence, repair: possible }) => ({
      state,
      sentence,
      repair: possible?.action ?? null,
    }))
    printJson({ ...means, findings: told, repairs })
  }
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0
}

async function collect<T>(items: AsyncIterable<T>, tell?: (item: T) => void): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) {
    tell?.(item)
    collected.push(item)
  }
  return collected
}

function printFinding({ state, sentence }: Finding): void {
  console.log(`${MARKS[state].padEnd(5)}  ${sentence}`)
}

function printRepair({ action, outcome, reason }: Repaired): void {
  console.log(`${action}: ${outcome}${reason === undefined ? '' : ` (${reason})`}.`)
}

/** What conversions are made with. */
function reportMeans(config: Config) {
  const found = config.programs
  const programs = PROGRAM_IDS.map((id) => {
    const { title, purpose, variable } = PROGRAMS[id]
    const install = howToInstall(id, process.platform)
    return { id, title, purpose, variable, path: found[id] ?? null, install }
  })
  const operations = reportOperations(listMakers(found))
  const { names, manifest, fullName } = readProjectActions(
    config,
    findOtherProject() ?? OWN_PROJECT,
  )
  const local = new Set(readLocalActions(manifest))
  const actions = names.map((name) => ({ name, deployable: !local.has(fullName(name)) }))
  return { programs, operations, actions }
}

/** The actions that orders are for and that are deployed, by package and name. */
function findDeployable(config: Config): readonly string[] {
  const { names, manifest, fullName } = readProjectActions(config, OWN_PROJECT)
  const local = new Set(readLocalActions(manifest))
  return names.map(fullName).filter((name) => !local.has(name))
}

function printMeans({ programs, operations, actions }: ReturnType<typeof reportMeans>): void {
  const rows = programs.map(({ id, title, purpose, path: place, install }) => {
    const languages =
      id === 'tesseract' && place !== null ? ` (${languagesIn(place).join(', ')})` : ''
    return [title, place === null ? `missing: ${install}` : `${place}${languages}`, purpose]
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
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
