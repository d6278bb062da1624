import { ServiceError } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { redact } from '../../../base/redact.ts'
import type { FoundPrograms } from '../../../programs/programs.ts'
import type { Findings, TaskOperation, Wish } from '../operations/operation.ts'
import { tellUnknownOptions } from '../operations/unknown-options.ts'
import { splitFailure } from './failure-text.ts'
import { joinRemarks } from './join-remarks.ts'
import type { Task, TaskFile } from './records.ts'
import { TaskError } from './task-error.ts'
import type { TaskFiles } from './task-files.ts'
import type { Ending, TaskStore } from './task-store.ts'
import { objectOf, type TaskRendition, type Wishes } from './wishes.ts'

/** What comes next for a task: what is to be made, or its end. */
export type Next = { readonly wishes: readonly Wish[] } | { readonly ending: Ending }

/** A file of a task that another one takes. */
export interface GivenFile extends TaskFile {
  /** The name of that task, or its id where it has none. */
  readonly task: string
}

/** What comes next for tasks; nothing of it is on the disk yet. */
export interface Planning {
  /** What comes first; undefined for what actions do not make. */
  first: (task: Task) => Promise<Next | undefined>
  /** What comes when all that a stage wants has ended, and so; undefined as long as it has not. */
  after: (task: Task, made: readonly TaskRendition[]) => Promise<Next | undefined>
  /** How a task ends that something went wrong with; a fault of the service is told to the log. */
  toEnding: (error: unknown) => Ending
  /** The files of those that a task takes. */
  inputsOf: (task: Task) => Promise<GivenFile[]>
}

/** Makes the planning of tasks, whose operations are given by their names. */
export function createPlanning(options: {
  store: Pick<TaskStore, 'inputsOf' | 'filesOf' | 'payloadOf'>
  wishes: Pick<Wishes, 'ofTask'>
  files: TaskFiles
  operations: ReadonlyMap<string, TaskOperation>
  programs: FoundPrograms
  log: Log
}): Planning {
  const { store, wishes, files, operations, programs, log } = options

  function toEnding(error: unknown): Ending {
    if (error instanceof TaskError) {
      return { status: 'error', code: error.code, message: redact(error.message) }
    }
    if (error instanceof ServiceError && error.status !== 500) {
      return { status: 'error', code: error.code.toUpperCase(), message: redact(error.message) }
    }
    log.error(`A task failed: ${error instanceof Error ? error.stack : String(error)}`)
    const message = 'The service could not do its part; its log tells why.'
    return { status: 'error', code: 'INTERNAL', message }
  }

  async function inputsOf(task: Task): Promise<GivenFile[]> {
    const given: GivenFile[] = []
    for (const input of await store.inputsOf(task)) {
      if (input === undefined) continue
      const itsFiles = await store.filesOf(input)
      given.push(...itsFiles.map((file) => ({ ...file, task: input.name ?? input.id })))
    }
    return given
  }

  /** What was made for a task on the way to its files. */
  async function intermediatesOf(task: Task): Promise<TaskFile[]> {
    return Promise.all(
      (await wishes.ofTask(task)).flatMap(({ wish: { filename }, stage, position }) => {
        if (typeof filename === 'string' || 'report' in filename) return []
        return requireMade(task, filename.intermediate, stage, position)
      }),
    )
  }

  async function requireMade(
    task: Task,
    name: string,
    stage: number,
    position: number,
  ): Promise<TaskFile> {
    const file = await files.find(objectOf(task.id, stage, position), name)
    if (file !== undefined) return file
    throw new TaskError('FILE_GONE', `${name} was made, but is not in the storage.`)
  }

  /** What comes next; when nothing is to be made, nothing has been found out either. */
  async function planNext(
    task: Task,
    stage: number,
    reports: readonly unknown[],
    ended: readonly TaskRendition[] = [],
  ): Promise<Next | undefined> {
    const operation = operations.get(task.operation)
    if (operation?.kind !== 'making') return undefined
    try {
      const inputs = await Promise.all(
        (await inputsOf(task)).map(async (file) => ({
          ...(await files.identify(file)),
          task: file.task,
        })),
      )
      const between = await Promise.all((await intermediatesOf(task)).map(files.identify))
      const payload = await store.payloadOf(task)
      const planned = operation.plan(payload, inputs, stage, reports, programs, between)
      if ('result' in planned) return { ending: await endingOf(task, planned, ended) }
      if (planned.length > 0) return { wishes: planned }
      return { ending: await endingOf(task, { result: {} }, ended) }
    } catch (error) {
      if (!(error instanceof TaskError)) throw error
      return { ending: toEnding(error) }
    }
  }

  /** What comes when all that a stage wants has ended, and so; undefined as long as it has not. */
  async function planAfter(task: Task, made: readonly TaskRendition[]): Promise<Next | undefined> {
    if (task.endedAt !== null || operations.get(task.operation)?.kind !== 'making') return undefined
    if (made.some(({ failure }) => failure === null)) return undefined
    const failed = made.find(({ failure }) => failure !== '')
    if (failed !== undefined) {
      const [code = '', message = ''] = splitFailure(failed.failure ?? '')
      return { ending: toEnding(new TaskError(code, message)) }
    }
    const reports = await Promise.all(
      made.map(async ({ wish, stage, position }) =>
        typeof wish.filename === 'object' && 'report' in wish.filename
          ? files.readReport(objectOf(task.id, stage, position))
          : undefined,
      ),
    )
    return planNext(task, task.stage + 1, reports, made)
  }

  /** @param ended - what the last stage has made; that of the others is on the disk */
  async function endingOf(
    task: Task,
    { result, files: taken = [], remarks = [] }: Findings,
    ended: readonly TaskRendition[],
  ): Promise<Ending> {
    const earlier = (await wishes.ofTask(task)).filter(({ stage }) => stage < task.stage)
    const renditions = [...earlier, ...ended]
    const made = await Promise.all(
      renditions.flatMap(({ wish, stage, position }) => {
        if (typeof wish.filename !== 'string') return []
        return requireMade(task, wish.filename, stage, position)
      }),
    )
    const found = Object.keys(result).length === 0 ? undefined : result
    const operation = operations.get(task.operation)
    const payload = await store.payloadOf(task)
    const told =
      operation?.kind === 'making'
        ? operation.tell?.(await inputsOf(task), made, payload)
        : undefined
    const unknown = operation === undefined ? [] : tellUnknownOptions(operation, payload)
    const message = joinRemarks(
      [...unknown, ...remarks, ...(told === undefined ? [] : [told])],
      renditions,
    )
    return { status: 'finished', files: [...taken, ...made], result: found, message }
  }

  return {
    first: (task) => planNext(task, 0, []),
    after: planAfter,
    toEnding,
    inputsOf,
  }
}
