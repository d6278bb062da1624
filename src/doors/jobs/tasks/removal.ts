import type { ServiceDatabase, ServiceWriting } from '../../../database/service-database.ts'
import type { Orders } from '../../../orders/orders.ts'
import type { Job, Task } from './records.ts'
import type { TaskFiles } from './task-files.ts'
import type { TaskRunner } from './task-runner.ts'
import type { TaskChanges, TaskStore } from './task-store.ts'
import type { Wishes } from './wishes.ts'

/** Jobs and tasks that are removed at once, so that others get their turn in between. */
const BATCH = 100

/** How jobs and tasks go, with all their data. */
export interface Removal {
  job: (job: Job) => Promise<void>
  task: (task: Task) => Promise<void>
  /** Removes what ended before a time, in milliseconds since 1970. */
  sweep: (before: number) => Promise<void>
  /**
   * Removes files of which the task is gone, as a kill may leave them, when they were stored before a time: younger ones may be of
   * tasks that were not removed but lost.
   */
  sweepFiles: (before: number) => Promise<void>
}

/** Makes what removes jobs and tasks. */
export function createRemoval(options: {
  database: ServiceDatabase
  store: TaskStore
  wishes: Wishes
  files: TaskFiles
  runner: Pick<TaskRunner, 'release' | 'cancel'>
  orders: Pick<Orders, 'forget'>
  /** Is told of what is not there any more, within the transaction in which it goes. */
  noteRemoved: (tables: ServiceWriting, tasks: readonly Task[], job?: Job) => Promise<void>
}): Removal {
  const { database, store, wishes, files, runner, orders } = options

  /** Files go first: when a kill comes in between, whoever asked has no answer yet, and asks again. */
  async function remove(
    tasks: readonly Task[],
    { job, forget }: { job?: Job; forget: (changes: TaskChanges) => Promise<void> },
  ): Promise<void> {
    for (const task of tasks) {
      if (task.endedAt !== null) continue
      await runner.cancel(task, { status: 'error', code: 'CANCELLED', message: 'It was deleted.' })
    }
    const ordered = new Set<number>()
    const objects: string[] = []
    for (const task of tasks) {
      for (const { order } of await wishes.ofTask(task)) ordered.add(order)
      for (const { object } of await store.filesOf(task)) objects.push(object)
      for (const { object } of await files.storedFor(task.id)) objects.push(object)
    }
    const own: string[] = []
    for (const object of objects) {
      if (!(await store.isFileOfOthers(object, tasks))) own.push(object)
    }
    await files.remove(own)
    await database.write(async (tables) => {
      await orders.forget(tables, [...ordered])
      await forget(store.within(tables))
      await options.noteRemoved(tables, tasks, job)
    })
  }

  const removeJob = async (job: Job): Promise<void> =>
    remove(await store.tasksOf(job), { job, forget: (changes) => changes.removeJob(job) })
  const removeTask = (task: Task): Promise<void> =>
    remove([task], { forget: (changes) => changes.removeTask(task) })

  return {
    async sweepFiles(before) {
      const lost: string[] = []
      for (const { object, storedAt } of await files.storedFor()) {
        const [, taskId = ''] = object.split('/')
        if (storedAt >= before) continue
        if ((await store.task(taskId)) !== undefined) continue
        if (!(await store.isFileOfOthers(object, []))) lost.push(object)
      }
      await files.remove(lost)
    },
    job: removeJob,
    task: removeTask,
    async sweep(before) {
      for (;;) {
        const { jobs, tasks } = await store.endedBefore(before, BATCH)
        if (jobs.length + tasks.length === 0) return
        for (const job of jobs) await removeJob(job)
        for (const task of tasks) await removeTask(task)
      }
    },
  }
}
