import * as z from 'zod/mini'
import { parseJson } from '../../../base/json.ts'
import type { Log } from '../../../base/log.ts'
import type { ServiceDatabase, ServiceWriting } from '../../../database/service-database.ts'
import type { Job, Task } from '../tasks/records.ts'
import type { TaskLife } from '../tasks/task-life.ts'
import type { TaskStore } from '../tasks/task-store.ts'

/** That a job has come further, or that it is gone, or a task is that was in none. */
export type JobNews =
  | { readonly job: string }
  | { readonly removed: string | undefined; readonly tasks: readonly string[] }

/** What front ends tell each other: something has changed about the job or task of an id, or these are removed. */
const TOPIC = 'job-news'
const toldSchema = z.union([
  z.object({ touched: z.string() }),
  z.object({
    removed: z.optional(z.string()),
    tasks: z.array(z.string()),
    /** The tasks that those were retries of. */
    retried: z.array(z.string()),
  }),
])

/** What has become of jobs, for whoever looks at them as a whole. */
export interface JobNewsChannel {
  /** Returns what ends it. */
  listen: (listener: (news: JobNews) => void) => () => void
  /** Tells that something about a job or a task has changed, by the id of either. */
  touch: (id: string) => void
  /** Does so at all front ends, once the transaction is committed. */
  noteTouch: (tables: ServiceWriting, id: string) => Promise<void>
  /** Tells at all front ends that tasks are removed, and their job with them. */
  noteRemoved: (tables: ServiceWriting, tasks: readonly Task[], job?: Job) => Promise<void>
  /** Hears nothing more of other front ends. */
  close: () => void
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
  database: Pick<ServiceDatabase, 'tell' | 'hear'>
  store: TaskStore
  life: Pick<TaskLife, 'listen'>
  log: Pick<Log, 'warn'>
}): JobNewsChannel {
  const { database, store, life, log } = options
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

  function touch(id: string): void {
    tellOf(async () => {
      const task = await store.task(id)
      return task === undefined ? store.job(id) : findJobOf(store, task)
    })
  }

  const close = database.hear(TOPIC, (what) => {
    if (listeners.size === 0 || what === undefined) return
    const told = z.safeParse(toldSchema, parseJson(what)).data
    if (told === undefined) return
    if ('touched' in told) return touch(told.touched)
    tell({ removed: told.removed, tasks: told.tasks })
    // A retry is seen at the job of the task that failed.
    for (const id of told.retried) touch(id)
  })

  function noteAll(tables: ServiceWriting, told: z.infer<typeof toldSchema>): Promise<void> {
    return database.tell(tables, TOPIC, JSON.stringify(told))
  }

  return {
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    touch,
    noteTouch: (tables, id) => noteAll(tables, { touched: id }),
    noteRemoved: (tables, tasks, job) =>
      noteAll(tables, {
        ...(job && { removed: job.id }),
        tasks: tasks.map(({ id }) => id),
        retried: job ? [] : tasks.flatMap(({ retryOf }) => (retryOf === null ? [] : [retryOf])),
      }),
    close,
  }
}
