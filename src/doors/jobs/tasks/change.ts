import type { Job, Task } from './records.ts'

/** What can become of jobs and tasks. */
export const EVENTS = ['created', 'updated', 'finished', 'failed'] as const

/** What has become of jobs and tasks, as their clients are told. */
export interface Change {
  readonly event: (typeof EVENTS)[number]
  /** The job, when this is about a job and not about a task. */
  readonly job?: Job
  readonly task?: Task
}

/** What a change is about, which is known before the job or task is read. */
export interface Subject extends Pick<Change, 'event'>, Pick<Task, 'id' | 'sequence' | 'user'> {
  readonly of: 'job' | 'task'
  /** {@link Task.job} of a task; null for a job. */
  readonly job: number | null
  /** Whether it has ended. */
  readonly isEnd: boolean
}

/** Says what a change is about. */
export function subjectOf({ event, job, task }: Change): Subject {
  const about = job ?? task
  if (about === undefined) throw new Error('a change is about a job or a task')
  const { id, sequence, user, endedAt } = about
  const of = job === undefined ? 'task' : 'job'
  return { event, of, id, sequence, user, job: task?.job ?? null, isEnd: endedAt !== null }
}

/** Whoever is told of changes once they are on the disk, in the order in which they happened. */
export interface ChangeListener {
  /** Of all that happens here, and of what it wants to hear from other front ends; what is told of that may have come further. */
  hear: (change: Change) => void
  /** Whether it is to hear of something that has happened at another front end; of nothing unless given. */
  wants?: (subject: Subject) => boolean
  /** Something of that may have been missed: what is committed tells. */
  missed?: () => void
}

/** The event that tells of the end of one that has ended. */
export function eventOfEnd({ status }: Pick<Job | Task, 'status'>): 'finished' | 'failed' {
  return status === 'error' ? 'failed' : 'finished'
}
