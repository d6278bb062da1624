import { randomBytes } from 'node:crypto'
import { openServiceFile } from '../../../src/database/service-database.ts'
import type { Job, Task } from '../../../src/doors/jobs/tasks/records.ts'
import { openTaskStore, type TaskStore } from '../../../src/doors/jobs/tasks/task-store.ts'
import { createSealing } from '../../../src/home/sealing.ts'
import type { User } from '../../../src/identity/accounts.ts'

/** Two users whose jobs are not each other's. */
export const [ANN, BEN] = [userOf(1, 'ann'), userOf(2, 'ben')] as const

function userOf(id: number, username: string): User {
  const [webhookSecret, signedUrlId, signedUrlSecret] = ['webhook', 'id', 'secret'].map(
    (what) => `${what}-${username}`,
  )
  return {
    id,
    username,
    webhookSecret: webhookSecret ?? '',
    signedUrlId: signedUrlId ?? '',
    signedUrlSecret: signedUrlSecret ?? '',
    createdAt: 0,
  }
}

/** Jobs and tasks in a database file, which can be opened again. */
export function openJobs(file: string, now: () => number) {
  const database = openServiceFile(file)
  const sealing = createSealing(randomBytes(32).toString('hex'))
  const store: TaskStore = openTaskStore(database, { sealing, now })
  let names = 0

  return {
    database,
    store,
    addJob: (options: { user?: User; webhookUrl?: string } = {}): Promise<Job> =>
      database.write((tables) => {
        const { user = ANN, webhookUrl = null } = options
        return store.within(tables).addJob({ user: user.id, tag: null, webhookUrl })
      }),
    addTask: (options: { user?: User; job?: Job; inputs?: Task[] } = {}): Promise<Task> =>
      database.write((tables) => {
        names += 1
        const { user = ANN, job, inputs = [] } = options
        return store.within(tables).addTask({
          id: `task-${names}`,
          user: user.id,
          job: job?.sequence ?? null,
          name: `name-${names}`,
          operation: 'convert',
          payload: {},
          inputs: inputs.map(({ id }) => id),
          ignoreError: false,
          message: null,
          retryOf: null,
          deadline: null,
        })
      }),
  }
}

/** What these tests need of a job as clients see it. */
export async function jobJson({ id, status }: Job): Promise<object> {
  return { id, status }
}

/** What these tests need of a task as clients see it. */
export async function taskJson({ id, status, message }: Task): Promise<object> {
  return { id, status, message }
}
