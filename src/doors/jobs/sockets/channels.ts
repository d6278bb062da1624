import type { Job, Task } from '../tasks/records.ts'

/** What somebody can listen to: a job, its tasks, a task, or all jobs or tasks of a user. */
export type Channel =
  | { readonly of: 'job'; readonly id: string }
  | { readonly of: 'tasks of a job'; readonly id: string }
  | { readonly of: 'task'; readonly id: string }
  | { readonly of: 'jobs of a user'; readonly id: string }
  | { readonly of: 'tasks of a user'; readonly id: string }

/** The shapes of names; a more special one comes before those that it would fit as well. */
const SHAPES: readonly [RegExp, Channel['of']][] = [
  [/^private-job\.([\w-]+)\.tasks$/, 'tasks of a job'],
  [/^private-job\.([\w-]+)$/, 'job'],
  [/^private-task\.([\w-]+)$/, 'task'],
  [/^private-user\.([\w-]+)\.jobs$/, 'jobs of a user'],
  [/^private-user\.([\w-]+)\.tasks$/, 'tasks of a user'],
]

/** For the sentence about a name that is none. */
export const CHANNEL_NAMES =
  'private-job.ID, private-job.ID.tasks, private-task.ID, private-user.ID.jobs or private-user.ID.tasks'

/** Reads the name of a channel; undefined when there is none of that name. */
export function readChannel(name: string): Channel | undefined {
  for (const [shape, of] of SHAPES) {
    const id = shape.exec(name)?.[1]
    if (id !== undefined) return { of, id }
  }
  return undefined
}

/** The names of the channels that tell of a job. */
export function channelsOfJob({ id, user }: Pick<Job, 'id' | 'user'>): string[] {
  return [`private-job.${id}`, `private-user.${user}.jobs`]
}

/**
 * The names of the channels that tell of a task.
 *
 * @param job - that it is in
 */
export function channelsOfTask(
  { id, user }: Pick<Task, 'id' | 'user'>,
  job: Job | undefined,
): string[] {
  const ofJob = job === undefined ? [] : [`private-job.${job.id}.tasks`]
  return [`private-task.${id}`, ...ofJob, `private-user.${user}.tasks`]
}
