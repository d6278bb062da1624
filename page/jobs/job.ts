import * as z from 'zod/mini'
import { jobSchema, listLinksSchema, taskSchema } from '../../src/doors/jobs/api/wire-schemas.ts'
import type { JobDelivery, JobTask } from '../../src/doors/page/api.ts'

/** A job as the jobs API lists it, with its tasks. */
export type Job = z.infer<typeof jobSchema>

/** A task as the jobs API tells of it. */
export type Task = z.infer<typeof taskSchema>

/** How far a job or a task is. */
export type Status = Task['status']

/** Them all, in the order in which they come. */
export const STATUSES = [
  'waiting',
  'processing',
  'finished',
  'error',
] as const satisfies readonly Status[]

/** A page of the list of jobs. */
export const jobPageSchema = z.object({ data: z.array(jobSchema), links: listLinksSchema })

/** One task, as the jobs API answers with it. */
export const oneTaskSchema = z.object({ data: taskSchema })

/** A task with all that is known of it. */
export interface KnownTask {
  readonly task: Task
  /** What the jobs API does not tell. */
  readonly facts: JobTask
}

/** A job with all that is known of it. */
export interface KnownJob {
  readonly job: Job
  readonly tasks: readonly KnownTask[]
  /** The tasks that are retries of those, which are in no job. */
  readonly retries: readonly KnownTask[]
  readonly deliveries: readonly JobDelivery[]
}

/** Whether something of a job or a task has still to come. */
export function isOpen({ status }: { readonly status: Status }): boolean {
  return status === 'waiting' || status === 'processing'
}

/** A time of the jobs API in milliseconds since 1970, to the second. */
export function toMilliseconds(time: string): number {
  return Date.parse(time)
}

/** What a task is called, and found by in addresses: its name, or its id where it has none. */
export function nameOfTask({ name, id }: Task): string {
  return name ?? id
}

/** What a task is called where there is little room: an id is as good as its first digits. */
export function shownNameOf({ name, id }: Task): string {
  return name ?? id.slice(0, 8)
}

/** The task that an address names; a retry is named by its id. */
export function findTask({ tasks, retries }: KnownJob, name: string): KnownTask | undefined {
  return (
    tasks.find(({ task }) => nameOfTask(task) === name) ??
    [...tasks, ...retries].find(({ task }) => task.id === name)
  )
}

/** The task of a job that a task is a retry of, or a retry of a retry; itself when it is none. */
export function originOf(known: KnownJob, each: KnownTask): KnownTask {
  const retried = each.task.retry_of_task_id
  const all = [...known.tasks, ...known.retries]
  const found = retried === null ? undefined : all.find(({ task }) => task.id === retried)
  return found === undefined ? each : originOf(known, found)
}

/** The task that is looked at as long as nobody has chosen one: the one that tells most. */
export function usualTask({ tasks }: KnownJob): KnownTask | undefined {
  const failed = tasks.find(
    ({ task }) => task.status === 'error' && task.code !== 'INPUT_TASK_FAILED',
  )
  return failed ?? tasks.find(({ task }) => isOpen(task)) ?? tasks.at(-1)
}

/** The files that a task takes, from the tasks that it needs, in their order. */
export function inputsOf(
  { tasks, retries }: KnownJob,
  { depends_on_task_ids: ids }: Task,
): readonly KnownTask[] {
  const known = new Map([...tasks, ...retries].map((each) => [each.task.id, each]))
  return ids.flatMap((id) => known.get(id) ?? [])
}
