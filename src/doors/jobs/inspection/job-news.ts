import type { Log } from '../../../base/log.ts'
import type { Job, Task } from '../tasks/records.ts'
import type { TaskLife } from '../tasks/task-life.ts'
import type { TaskStore } from '../tasks/task-store.ts'

/** That a job has come further, or that it is gone, or a task is that was in none. */
export type JobNews =
  | { readonly job: string }
  | { readonly removed: string | undefined; readonly tasks: readonly string[] }

/** What has become of jobs, for whoever looks at them as a whole. */
export interface JobNewsChannel {
  /** Returns what ends it. */
  listen: (listener: (news: JobNews) => void) => () => void
  /** Tells that something about a job or a task has changed, by the id of either. */
  touch: (id: string) => void
  removed: (tasks: readonly Task[], job?: Job) => void
}

/**
 * The job that a task is about: its own, or that of the task which it is a retry of.
 *
 * @returns undefined for a task that never had to do with a job, or when that is gone
 */
export async function findJobOf(store: TaskStore, task: Task): Promise<Job | undefined> {
  let current: Task | undefined = task
  while (current !== undefined && current.job === null) {
    current = current.retryOf === null ? undefined : await store.task(current.retryOf)
  }
  return current === undefined || current.job === null
    ? undefined
    : store.jobBySequence(current.job)
}

/** Makes the channel; what the life of tasks tells is passed on. */
export function createJobNews(options: {
  store: TaskStore
  life: Pick<TaskLife, 'listen'>
  log: Pick<Log, 'warn'>
}): JobNewsChannel {
  const { store, life, log } = options
  const listeners = new Set<(news: JobNews) => void>()

  function tell(news: JobNews): void {
    for (const listener of listeners) listener(news)
  }

  function tellOf(find: () => Promise<Job | undefined>): void {
    // Most of the time nobody looks.
    if (listeners.size === 0) return
    find().then(
      (job) => {
        if (job !== undefined) tell({ job: job.id })
      },
      (error: unknown) => log.warn(`News of a job could not be told: ${String(error)}`),
    )
  }

  life.listen({
    wants: () => listeners.size > 0,
    hear({ job, task }) {
      if (job !== undefined) tell({ job: job.id })
      else if (task !== undefined) tellOf(() => findJobOf(store, task))
    },
  })

  return {
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    touch: (id) =>
      tellOf(async () => {
        const task = await store.task(id)
        return task === undefined ? store.job(id) : findJobOf(store, task)
      }),
    removed(tasks, job) {
      tell({ removed: job?.id, tasks: tasks.map(({ id }) => id) })
      // A retry is seen at the job of the task that failed.
      for (const task of job === undefined ? tasks : []) tellOf(() => findJobOf(store, task))
    },
  }
}
