import {
  type FoundPrograms,
  howToInstall,
  PROGRAM_IDS,
  PROGRAMS,
  type ProgramId,
} from '../../../programs/programs.ts'
import { commandProblem } from './command-task.ts'
import { listOperations, type OperationRow } from './operation-list.ts'
import { allOperations } from './operations.ts'

/** Rows of formats that these programs make possible, and fewer do not. */
export interface Grade {
  /** None for what comes with npm ci; undefined where it takes several of them at once. */
  readonly needs: readonly ProgramId[] | undefined
  readonly rows: readonly OperationRow[]
}

/** What makes the formats of an operation, for whoever chooses them. */
export interface OperationMaker {
  readonly operation: string
  /** Empty where any format will do. */
  readonly from: readonly string[]
  readonly to: readonly string[]
  /** The names of the programs that it takes; none for what comes with npm ci. */
  readonly needs: readonly string[]
  /** Why it cannot be had on this machine, and what brings it; null when it can. */
  readonly missing: string | null
}

function rowsWith(operation: string, programs: FoundPrograms): readonly OperationRow[] {
  return listOperations({ operation }, { options: false, engineVersions: false }, programs)
}

function keyOf({ input_format: from, output_format: to }: OperationRow): string {
  return `${from} ${to}`
}

/** What is there of an operation with npm ci alone, and then what each program adds, wherever it is. */
export function gradesOf(operation: string): readonly Grade[] {
  const alone = rowsWith(operation, {})
  const known = new Set(alone.map(keyOf))
  const added = PROGRAM_IDS.map((id): Grade => {
    const rows = rowsWith(operation, { [id]: `/usr/bin/${id}` })
    return { needs: [id], rows: rows.filter((row) => !known.has(keyOf(row))) }
  })
  const together = Object.fromEntries(PROGRAM_IDS.map((id) => [id, `/usr/bin/${id}`]))
  const single = new Set([...known, ...added.flatMap(({ rows }) => rows.map(keyOf))])
  const rest = rowsWith(operation, together).filter((row) => !single.has(keyOf(row)))
  return [{ needs: [], rows: alone }, ...added, { needs: undefined, rows: rest }].filter(
    ({ rows }) => rows.length > 0,
  )
}

/** The rows of a grade as lists: one for all formats that become the same ones. */
export function alikeRows(rows: readonly OperationRow[]): { from: string[]; to: string[] }[] {
  const outputs = Map.groupBy(rows, ({ input_format: from }) => from ?? '')
  const alike = Map.groupBy(outputs, ([, these]) =>
    [...new Set(these.map(({ output_format: to }) => to ?? ''))].join(' '),
  )
  return Array.from(alike, ([to, inputs]) => ({
    from: inputs.map(([from]) => from).filter((each) => each !== ''),
    to: to.split(' ').filter((each) => each !== ''),
  }))
}

/** What makes each format of each operation, the programs of this machine told apart from those that are missing. */
export function listMakers(programs: FoundPrograms): readonly OperationMaker[] {
  return allOperations().flatMap(({ name: operation }) => {
    // Whether a sandbox holds is only known where it is.
    if (operation === 'command') return commandMakers(programs)
    return gradesOf(operation).flatMap(({ needs = [], rows }) => {
      const titles = needs.map((id) => PROGRAMS[id].title)
      const missing = missingOf(needs, programs)
      return alikeRows(rows).map((alike) => ({ operation, ...alike, needs: titles, missing }))
    })
  })
}

function commandMakers(programs: FoundPrograms): readonly OperationMaker[] {
  return (['ffmpeg', 'imagemagick', 'graphicsmagick'] as const).map((engine) => ({
    operation: 'command',
    from: [],
    to: [],
    needs: [PROGRAMS.bwrap.title, PROGRAMS[engine].title],
    missing: commandProblem(engine, programs) ?? null,
  }))
}

function missingOf(needs: readonly ProgramId[], programs: FoundPrograms): string | null {
  const missing = needs.filter((id) => programs[id] === undefined)
  if (missing.length === 0) return null
  return missing
    .map((id) => `${PROGRAMS[id].title} is missing: ${howToInstall(id, process.platform)}`)
    .join(' · ')
}
