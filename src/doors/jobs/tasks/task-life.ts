import type { Database } from '../../../home/database.ts'
import type { Job, Task } from './records.ts'
import type { Ending, TaskStore } from './task-store.ts'

/** What has become of jobs and tasks, as their clients are told. */
export interface Change {
  readonly event: 'created' | 'updated' | 'finished' | 'failed'
  /** The job, when this is about a job and not about a task. */
  readonly job?: Job
  readonly task?: Task
}

/** Hears of changes once they are on the disk, in the order in which they happened. */
export type ChangeListener = (change: Change) => void

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
   * The same inside of {@link Database.write}, for what happens together with it; its changes are to be
   * {@link TaskLife.announce announced} afterwards.
   */
  endNow: (task: Task, ending: Ending) => Ended
  /** Which inputs of a task have not ended; inside or outside of {@link Database.write}. */
  missing: (task: Task) => boolean
  /** Whether a task can never begin, since a task that it needs has failed. */
  isBereft: (task: Task) => boolean
  /** Has a change kept for whoever is to be told of it in any case; in the transaction in which it happens. */
  note: (change: Change) => void
  /** Tells of changes that are on the disk. */
  announce: (changes: readonly Change[]) => void
  /** Returns what ends it. */
  listen: (listener: ChangeListener) => () => void
}

/** As CloudConvert says it of tasks whose input has failed. */
export const INPUT_FAILED: Ending = {
  status: 'error',
  code: 'INPUT_TASK_FAILED',
  message: 'Input task has failed',
}

/**
 * Makes what ends tasks, so that each ends once.
 *
 * @param options.note - see {@link TaskLife.note}
 */
export function createTaskLife(options: {
  database: Database
  store: TaskStore
  note: (change: Change) => void
}): TaskLife {
  const { database, store } = options
  const listeners = new Set<ChangeListener>()

  function inputsOf(task: Task): (Task | undefined)[] {
    return store.inputIdsOf(task).map((id) => store.task(id))
  }

  /** Ends a task and what cannot be without it; inside a transaction. */
  function endAll(task: Task, ending: Ending, changes: Change[]): Task[] {
    if (!store.end(task, ending)) return []
    note(task, ending.status === 'finished' ? 'finished' : 'failed', changes)
    return store.dependentsOf(task).flatMap((dependent) => {
      if (dependent.status !== 'waiting') return []
      const inputs = inputsOf(dependent)
      if (inputs.some((input) => input !== undefined && input.endedAt === null)) return []
      return inputs.some(hasFailed) ? endAll(dependent, INPUT_FAILED, changes) : [dependent]
    })
  }

  function note(task: Task, event: Change['event'], changes: Change[]): void {
    const ended = store.taskBySequence(task.sequence)
    if (ended === undefined) return
    const change = { event, task: ended }
    changes.push(change)
    options.note(change)
  }

  function endJobOf({ job: sequence }: Task, changes: Change[]): void {
    const job = sequence === null ? undefined : store.jobBySequence(sequence)
    if (job === undefined || job.endedAt !== null) return
    const tasks = store.tasksOf(job)
    if (tasks.some(({ endedAt }) => endedAt === null)) return
    const hasError = tasks.some(({ status, ignoreError }) => status === 'error' && !ignoreError)
    store.endJob(job, hasError ? 'error' : 'finished')
    const ended = store.jobBySequence(job.sequence)
    if (ended === undefined) return
    const change = { event: hasError ? ('failed' as const) : ('finished' as const), job: ended }
    changes.push(change)
    options.note(change)
  }

  function announce(changes: readonly Change[]): void {
    for (const change of changes) for (const listener of listeners) listener(change)
  }

  function endNow(task: Task, ending: Ending): Ended {
    const changes: Change[] = []
    const ready = endAll(task, ending, changes)
    endJobOf(task, changes)
    return { changes, ready }
  }

  return {
    async end(task, ending) {
      const { changes, ready } = await database.write(() => endNow(task, ending))
      announce(changes)
      return ready
    },
    endNow,
    missing: (task) =>
      inputsOf(task).some((input) => input !== undefined && input.endedAt === null),
    isBereft: (task) => inputsOf(task).some(hasFailed),
    note: options.note,
    announce,
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Whether nobody who needs this input can begin. */
function hasFailed(input: Task | undefined): boolean {
  return input === undefined || (input.status === 'error' && !input.ignoreError)
}
