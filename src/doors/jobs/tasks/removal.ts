import type { Database } from '../../../home/database.ts'
import type { Orders } from '../../../orders/orders.ts'
import type { Job, Task } from './records.ts'
import type { TaskFiles } from './task-files.ts'
import type { TaskRunner } from './task-runner.ts'
import type { TaskStore } from './task-store.ts'
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
  database: Database
  store: TaskStore
  wishes: Wishes
  files: TaskFiles
  runner: Pick<TaskRunner, 'release' | 'cancel'>
  orders: Pick<Orders, 'forget'>
  /** Is told of what is not there any more. */
  onRemoved: (tasks: readonly Task[], job?: Job) => void
}): Removal {
  const { database, store, wishes, files, runner, orders } = options

  /** Files go first: when a kill comes in between, whoever asked has no answer yet, and asks again. */
  async function remove(
    tasks: readonly Task[],
    { job, forget }: { job?: Job; forget: () => void },
  ): Promise<void> {
    for (const task of tasks) {
      if (task.endedAt !== null) continue
      await runner.cancel(task, { status: 'error', code: 'CANCELLED', message: 'It was deleted.' })
    }
    const ordered = tasks.flatMap((task) => wishes.ofTask(task).map(({ order }) => order))
    const objects = tasks.flatMap((task) => store.filesOf(task).map(({ object }) => object))
    for (const task of tasks) {
      objects.push(...(await files.storedFor(task.id)).map(({ object }) => object))
    }
    await files.remove(objects.filter((object) => !store.isFileOfOthers(object, tasks)))
    await database.write(() => {
      orders.forget([...new Set(ordered)])
      forget()
    })
    options.onRemoved(tasks, job)
  }

  const removeJob = (job: Job): Promise<void> =>
    remove(store.tasksOf(job), { job, forget: () => store.removeJob(job) })
  const removeTask = (task: Task): Promise<void> =>
    remove([task], { forget: () => store.removeTask(task) })

  return {
    async sweepFiles(before) {
      const lost = (await files.storedFor()).filter(({ object, storedAt }) => {
        const [, taskId = ''] = object.split('/')
        return (
          storedAt < before && store.task(taskId) === undefined && !store.isFileOfOthers(object, [])
        )
      })
      await files.remove(lost.map(({ object }) => object))
    },
    job: removeJob,
    task: removeTask,
    async sweep(before) {
      for (;;) {
        const { jobs, tasks } = store.endedBefore(before, BATCH)
        if (jobs.length + tasks.length === 0) return
        for (const job of jobs) await removeJob(job)
        for (const task of tasks) await removeTask(task)
      }
    },
  }
}
