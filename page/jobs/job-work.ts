import type { Work, WorkState } from '../../src/doors/page/work/work-shapes.ts'
import { countTasks } from './job-list.ts'
import { titleOfJob } from './job-title.ts'
import { type Job, type Status, toMilliseconds } from './job.ts'

/** How far a job or a task of the jobs API is, in the words of all doors. */
export const STATE_OF_STATUS = {
  waiting: 'waiting',
  processing: 'running',
  finished: 'done',
  error: 'failed',
} as const satisfies Record<Status, WorkState>

/** A job of the jobs API as a piece of work; its parts are its tasks. */
export function workOfJob(job: Job): Work {
  const { id, status, created_at: created, ended_at: ended } = job
  const { total, finished, failed } = countTasks(job)
  return {
    kind: 'job',
    id,
    title: titleOfJob(job),
    state: STATE_OF_STATUS[status],
    createdAt: toMilliseconds(created),
    ...(ended !== null && { endedAt: toMilliseconds(ended) }),
    total,
    done: finished + failed,
    failed,
  }
}
