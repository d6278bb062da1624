import { layOutSpans, type Timings } from '../model/timings.ts'
import type { KnownTask } from './job.ts'

/** What takes the time of a task, in the order in which it comes. */
export const TASK_STEPS = ['wait', 'queue', 'run', 'transfer'] as const

/** One of {@link TASK_STEPS}. */
export type TaskStep = (typeof TASK_STEPS)[number]

/** What of a task took its time, and when, in milliseconds since 1970. */
export interface TaskSpan {
  readonly step: TaskStep
  readonly start: number
  readonly end: number
}

/**
 * What a task spent its time with: waiting for the tasks that it needs, then in the queue until an action took it up, and with
 * what its actions did; or with what the service itself brought in or out.
 *
 * @param now - the end of what has not ended
 */
export function spansOfTask({ task, facts }: KnownTask, now: number): TaskSpan[] {
  const { createdAt, startedAt, endedAt = now, activations, running } = facts
  const waited: TaskSpan = { step: 'wait', start: createdAt, end: startedAt ?? endedAt }
  if (startedAt === undefined) return [waited]
  if (/^(?:import|export)\//.test(task.operation)) {
    return [waited, { step: 'transfer', start: startedAt, end: endedAt }]
  }
  const runs = [...activations, ...running.map((each) => ({ ...each, end: now }))].map(
    ({ start, end }): TaskSpan => ({ step: 'run', start, end }),
  )
  const first = Math.min(...runs.map(({ start }) => start))
  if (runs.length > 0) return [waited, { step: 'queue', start: startedAt, end: first }, ...runs]
  // Of one that has ended nobody knows any more when its actions ran.
  const step = task.status === 'processing' ? 'queue' : 'run'
  return [waited, { step, start: startedAt, end: endedAt }]
}

/** Lays out when what has happened to tasks on one axis, which begins with the first of them. */
export function layOutTaskTimings(tasks: readonly KnownTask[], now: number): Timings<TaskStep> {
  const start = Math.min(...tasks.map(({ facts }) => facts.createdAt))
  return layOutSpans(
    start,
    tasks.map((task) => spansOfTask(task, now)),
  )
}
