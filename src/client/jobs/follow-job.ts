import { setTimeout } from 'node:timers/promises'
import { parseJson } from '../../base/json.ts'
import {
  isEnded,
  type JobAnswer,
  jobAnswerSchema,
  type TaskAnswer,
  taskAnswerSchema,
} from './job-answer.ts'
import { readServerSentEvents } from './server-sent-events.ts'

/** Between two streams of events, in milliseconds. */
const PAUSE_MS = 500

/**
 * Reads the events of a job until it has ended. A stream that ends before, or breaks off, as it does when nothing happens for
 * minutes, is opened again: it begins with the job as it is then.
 *
 * @param options.open - opens the stream; what it throws is thrown
 * @param options.onTask - is told of each task when it is another than it was last told of
 * @returns the job as it ended
 */
export async function followJob(options: {
  open: () => Promise<Response>
  onTask: (task: TaskAnswer) => void
  signal?: AbortSignal | undefined
}): Promise<JobAnswer> {
  const { open, onTask, signal } = options
  const told = new Map<string, string>()

  function tell(task: TaskAnswer): void {
    const state = JSON.stringify([task.status, task.percent, task.message])
    if (told.get(task.id) === state) return
    told.set(task.id, state)
    onTask(task)
  }

  for (;;) {
    const { body } = await open()
    try {
      for await (const { event, data } of readServerSentEvents(body ?? ReadableStream.from([]))) {
        if (event.startsWith('task.')) tell(taskAnswerSchema.parse(parseJson(data)))
        if (!event.startsWith('job.')) continue
        const job = jobAnswerSchema.parse(parseJson(data))
        for (const task of job.tasks) tell(task)
        if (isEnded(job)) return job
      }
    } catch (error) {
      signal?.throwIfAborted()
      // What undici throws when a body breaks off; anything else is a mistake in what came.
      if (!(error instanceof TypeError)) throw error
    }
    await setTimeout(PAUSE_MS, undefined, signal === undefined ? {} : { signal })
  }
}
