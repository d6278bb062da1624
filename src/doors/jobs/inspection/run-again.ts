import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../../base/errors.ts'
import type { RequestedTask } from '../api/job-request.ts'
import type { Accepting } from '../tasks/accepting.ts'
import type { Job } from '../tasks/records.ts'
import type { TaskStore } from '../tasks/task-store.ts'

/**
 * Has all tasks of a job run once more, as a new job. What was hidden in them stays hidden from whoever asks.
 *
 * @throws {ServiceError} `conflict` when a file of it was uploaded, which nobody has any more
 */
export async function runAgain(
  job: Job,
  options: {
    store: TaskStore
    accepting: Pick<Accepting, 'job'>
    isUpload: (operation: string) => boolean
  },
): Promise<Job> {
  const { store, accepting, isUpload } = options
  const tasks = await store.tasksOf(job)
  const upload = tasks.find(({ operation }) => isUpload(operation))
  if (upload !== undefined) {
    const message = `The task ${upload.name ?? upload.id} was an upload; a job with one cannot be run again, since its file has to be sent anew.`
    throw new ServiceError('conflict', message)
  }
  const ids = new Map(tasks.map(({ id }) => [id, randomUUID()]))
  const again: RequestedTask[] = []
  for (const task of tasks) {
    const inputs = await store.inputIdsOf(task)
    again.push({
      id: ids.get(task.id) ?? randomUUID(),
      name: task.name,
      operation: task.operation,
      payload: await store.payloadOf(task),
      inputs: inputs.map((input) => ids.get(input) ?? input),
      ignoreError: task.ignoreError,
    })
  }
  const { user, tag, webhookUrl } = job
  return accepting.job(
    { user, key: undefined, request: '' },
    { tag, webhookUrl, redirect: false, tasks: again },
  )
}
