import type { Log } from '../../../base/log.ts'
import type { FrontEnds } from '../../../database/front-ends.ts'
import type { ServiceDatabase, ServiceWriting } from '../../../database/service-database.ts'
import type { Change, ChangeListener, Subject } from './change.ts'
import type { Task } from './records.ts'
import type { Ending, TaskChanges, TaskReads, TaskStore } from './task-store.ts'
import { createToldChanges } from './told-changes.ts'

/** What an end brings with it. */
export interface Ended {
  readonly changes: readonly Change[]
  /** The tasks that can begin now. */
  readonly ready: readonly Task[]
}

/** How tasks come to their end, and what follows from it for others. */
export interface TaskLife {
  /**
   * Ends a task unless it has ended, those that cannot begin without it, and their job when nothing of that is left.
   * Resolves once all of it is on the disk, with those that can begin now.
   */
  end: (task: Task, ending: Ending) => Promise<readonly Task[]>
  /**
   * The same within a transaction, for what happens together with it; its changes are to be
   * {@link TaskLife.announce announced} afterwards.
   */
  endNow: (tables: ServiceWriting, task: Task, ending: Ending) => Promise<Ended>
  /**
   * Has changes kept for whoever is to be told of them in any case, and told at other front ends; in the transaction in which they
   * happen.
   */
  note: (tables: ServiceWriting, changes: readonly Change[]) => Promise<void>
  /** Tells those who listen here of changes that are on the disk. */
  announce: (changes: readonly Change[]) => void
  /** Returns what ends it. */
  listen: (listener: ChangeListener) => () => void
  /** Hears nothing more of other front ends. */
  close: () => void
}

/** Keeps a change for whoever is to be told of it, within the transaction in which it happens. */
export type Note = (tables: ServiceWriting, change: Change) => Promise<void>

/** As CloudConvert says it of tasks whose input has failed. */
export const INPUT_FAILED: Ending = {
  status: 'error',
  code: 'INPUT_TASK_FAILED',
  message: 'Input task has failed',
}

/**
 * Makes what ends tasks, so that each ends once.
 *
 * @param options.note - see {@link Note}
 */
export function createTaskLife(options: {
  database: ServiceDatabase
  frontEnds: Pick<FrontEnds, 'id'>
  store: Pick<TaskStore, 'within' | 'jobBySequence' | 'taskBySequence'>
  note: Note
  log: Pick<Log, 'warn'>
}): TaskLife {
  const { database, store, log } = options
  const told = createToldChanges(database, options.frontEnds)
  const listeners = new Set<ChangeListener>()
  /** What others tell is read one after the other, so that it is told in the order in which it happened. */
  let heard: Promise<void> = Promise.resolve()
  const close = told.hear(
    (subject) => {
      const wanting = [...listeners].filter(({ wants }) => wants?.(subject))
      if (wanting.length > 0) inOrder(() => hear(subject, wanting))
    },
    () => inOrder(async () => tellMissed([...listeners])),
  )

  function inOrder(work: () => Promise<void>): void {
    heard = heard.then(work).catch((error: unknown) => {
      log.warn(`What another front end tells could not be read: ${String(error)}`)
      tellMissed([...listeners])
    })
  }

  async function hear(
    { event, of, sequence }: Subject,
    wanting: readonly ChangeListener[],
  ): Promise<void> {
    const job = of === 'job' ? await store.jobBySequence(sequence) : undefined
    const task = of === 'task' ? await store.taskBySequence(sequence) : undefined
    const left = wanting.filter((listener) => listeners.has(listener))
    // What is gone meanwhile was missed.
    if (job === undefined && task === undefined) return tellMissed(left)
    for (const listener of left) {
      listener.hear({ event, ...(job && { job }), ...(task && { task }) })
    }
  }

  /** Ends a task and what cannot be without it. */
  async function endAll(
    { tables, tasks, changes }: Within,
    task: Task,
    ending: Ending,
  ): Promise<Task[]> {
    if (!(await tasks.end(task, ending))) return []
    const event = ending.status === 'finished' ? 'finished' : 'failed'
    const ended = await tasks.taskBySequence(task.sequence)
    if (ended !== undefined) await keep({ tables, tasks, changes }, { event, task: ended })
    const ready: Task[] = []
    for (const dependent of await tasks.dependentsOf(task)) {
      if (dependent.status !== 'waiting') continue
      const inputs = await tasks.inputsOf(dependent)
      if (inputs.some(isOpen)) continue
      if (!inputs.some(hasFailed)) ready.push(dependent)
      else ready.push(...(await endAll({ tables, tasks, changes }, dependent, INPUT_FAILED)))
    }
    return ready
  }

  async function endJobOf({ tables, tasks, changes }: Within, task: Task): Promise<void> {
    const job = task.job === null ? undefined : await tasks.jobBySequence(task.job)
    if (job === undefined || job.endedAt !== null) return
    const all = await tasks.tasksOf(job)
    if (all.some(({ endedAt }) => endedAt === null)) return
    const hasError = all.some(({ status, ignoreError }) => status === 'error' && !ignoreError)
    await tasks.endJob(job, hasError ? 'error' : 'finished')
    const ended = await tasks.jobBySequence(job.sequence)
    if (ended === undefined) return
    await keep({ tables, tasks, changes }, { event: hasError ? 'failed' : 'finished', job: ended })
  }

  async function keep({ tables, changes }: Within, change: Change): Promise<void> {
    changes.push(change)
    await options.note(tables, change)
  }

  function announce(changes: readonly Change[]): void {
    for (const change of changes) for (const listener of listeners) listener.hear(change)
  }

  async function endNow(tables: ServiceWriting, task: Task, ending: Ending): Promise<Ended> {
    const changes: Change[] = []
    const within = { tables, tasks: store.within(tables), changes }
    const ready = await endAll(within, task, ending)
    await endJobOf(within, task)
    await told.tell(tables, changes)
    return { changes, ready }
  }

  return {
    async end(task, ending) {
      const { changes, ready } = await database.write((tables) => endNow(tables, task, ending))
      announce(changes)
      return ready
    },
    endNow,
    async note(tables, changes) {
      for (const change of changes) await options.note(tables, change)
      await told.tell(tables, changes)
    },
    announce,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close,
  }
}

function tellMissed(listeners: readonly ChangeListener[]): void {
  for (const listener of listeners) listener.missed?.()
}

/** A transaction in which tasks end, and what has changed in it. */
interface Within {
  readonly tables: ServiceWriting
  readonly tasks: TaskReads & TaskChanges
  readonly changes: Change[]
}

/** Whether an input is awaited. */
export function isOpen(input: Task | undefined): boolean {
  return input !== undefined && input.endedAt === null
}

/** Whether nobody who needs this input can begin. */
export function hasFailed(input: Task | undefined): boolean {
  return input === undefined || (input.status === 'error' && !input.ignoreError)
}
