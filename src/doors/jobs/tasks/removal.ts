import type { Database } from '../../../home/database.ts'
import type { Orders } from '../../../orders/orders.ts'
import type { Job, Task } from './records.ts'
import type { TaskFiles } from './task-files.ts'
import type { TaskRunner } from './task-runner.ts'
import type { TaskStore } from './task-store.ts'
import { objectOf, type Wishes } from './wishes.ts'

/** Jobs and tasks that are removed at once, so that others get their turn in between. */
const BATCH = 100

/** How jobs and tasks go, with all their data. */
export interface Removal {
  job: (job: Job) => Promise<void>
  task: (task: Task) => Promise<void>
  /** Removes what ended before a time, in milliseconds since 1970. */
  sweep: (before: number) => Promise<void>
}

/** Makes what removes jobs and tasks. */
export function createRemoval(options: {
  database: Database
  store: TaskStore
  wishes: Wishes
  files: TaskFiles
  runner: Pick<TaskRunner, 'release' | 'cancel'>
  orders: Pick<Orders, 'forget'>
}): Removal {
  const { database, store, wishes, files, runner, orders } = options

  /** Files go first: when a kill comes in between, whoever asked has no answer yet, and asks again. */
  async function remove(tasks: readonly Task[], forget: () => void): Promise<void> {
    for (const task of tasks) {
      if (task.endedAt !== null) continue
      await runner.cancel(task, { status: 'error', code: 'CANCELLED', message: 'It was deleted.' })
    }
    const made = tasks.flatMap((task) =>
      wishes.ofTask(task).map(({ order, stage, position }) => ({
        order,
        object: objectOf(task.id, stage, position),
      })),
    )
    // Reports, and what was made for a task that failed, are nobody's file.
    const loose = made.map(({ object }) => object).filter((object) => !store.isFile(object))
    await files.remove([...store.ownedOnlyBy(tasks), ...loose])
    await database.write(() => {
      orders.forget([...new Set(made.map(({ order }) => order))])
      forget()
    })
  }

  const removeJob = (job: Job): Promise<void> =>
    remove(store.tasksOf(job), () => store.removeJob(job))
  const removeTask = (task: Task): Promise<void> => remove([task], () => store.removeTask(task))

  return {
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
