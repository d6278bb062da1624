import { isEnded, type JobAnswer, type TaskAnswer } from '../../client/jobs/job-answer.ts'
import type { JobsClient } from '../../client/jobs/jobs-client.ts'
import { ServiceRefusal } from '../../client/refusal.ts'
import { UsageError } from '../arguments.ts'
import { placesOf, savePlaced } from '../jobs-api/save-exports.ts'
import { createSavedNames } from '../jobs-api/saved-names.ts'
import type { JobCall } from './job-options.ts'
import { type JobOutcome, jobOutcome } from './job-outcome.ts'

/**
 * Has a job done: uploads its files, follows it to its end, and downloads what it makes available, also when only a part of it
 * went well.
 *
 * @param onProgress - called after every change with all tasks, and with the one that has ended
 * @throws {UsageError} what the service says of the job, field by field
 * @throws {Error} when a file cannot be uploaded, in which case the job is deleted, or not be written
 */
export async function runJob(
  client: JobsClient,
  call: Pick<JobCall, 'body' | 'inputs' | 'out' | 'force'>,
  onProgress: (tasks: readonly TaskAnswer[], changed: TaskAnswer | undefined) => void,
  interrupted?: AbortSignal,
): Promise<JobOutcome> {
  const stop = new AbortController()
  const signal =
    interrupted === undefined ? stop.signal : AbortSignal.any([stop.signal, interrupted])
  const created = await create(client, call.body)
  const tasks = new Map(created.tasks.map((task) => [task.id, task]))
  onProgress(created.tasks, undefined)

  const uploads = Array.from(call.inputs, ([name, file]) => {
    const task = created.tasks.find((each) => each.name === name)
    if (task === undefined)
      throw new Error(`The service has created a job without its task "${name}".`)
    return client.upload(task, file, signal)
  })
  const following = client.follow(
    created,
    (task) => {
      const known = tasks.get(task.id)
      tasks.set(task.id, task)
      const isNews = isEnded(task) && (known === undefined || !isEnded(known))
      onProgress([...tasks.values()], isNews ? task : undefined)
    },
    signal,
  )
  try {
    const [job] = await Promise.all([following, ...uploads])
    const placed = placesOf(job, createSavedNames(call.out))
    return jobOutcome(job, await savePlaced(client, placed, { force: call.force, signal }))
  } catch (error) {
    stop.abort()
    const [, ...uploaded] = await Promise.allSettled([following, ...uploads])
    if (uploaded.some(({ status }) => status === 'rejected')) {
      await client.remove(created.id).catch(() => undefined)
    }
    throw error
  }
}

async function create(client: JobsClient, body: JobCall['body']): Promise<JobAnswer> {
  try {
    return await client.create(body)
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.status !== 422) throw error
    const lines = Object.entries(error.fields).flatMap(([field, sentences]) =>
      sentences.map((sentence) => `  ${field}: ${sentence}`),
    )
    throw new UsageError([error.sentence, ...lines].join('\n'), { cause: error })
  }
}
