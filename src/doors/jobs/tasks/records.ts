import * as z from 'zod/mini'

/** How far a job or a task is. Clients know no other words, and some fail at any. */
export const STATUSES = ['waiting', 'processing', 'finished', 'error'] as const

/** One of {@link STATUSES}. */
export type Status = (typeof STATUSES)[number]

/** What a client asked for in one call: tasks, and which of them need which. Times are milliseconds since 1970. */
export interface Job {
  /** In the order of creation. */
  readonly sequence: number
  readonly id: string
  readonly user: number
  readonly tag: string | null
  readonly webhookUrl: string | null
  readonly status: Status
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
}

/** One step of a job, or a task of its own. */
export interface Task {
  readonly sequence: number
  readonly id: string
  readonly user: number
  /** {@link Job.sequence} */
  readonly job: number | null
  /** Within its job. */
  readonly name: string | null
  readonly operation: string
  readonly status: Status
  /** Why it failed, for programs. */
  readonly code: string | null
  /** Why it failed, or what it waits for, in a sentence. */
  readonly message: string | null
  /** Whether its job goes on without it. */
  readonly ignoreError: boolean
  /** What it has found out besides its files. */
  readonly result: Readonly<Record<string, unknown>> | null
  /** Of a task that works in several stages, the one that is under way. */
  readonly stage: number
  /**
   * How often the service has begun it, if it does so itself: before it does in this life, that is how often it has died
   * under it.
   */
  readonly attempts: number
  /** The id of the task that it repeats. */
  readonly retryOf: string | null
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
}

/** A file that a task has brought or made. */
export interface TaskFile {
  readonly filename: string
  /** The key of its object in the storage. */
  readonly object: string
  /** In bytes. */
  readonly size: number
  readonly contentType: string
}

/** Columns of `jobs`, under the names of {@link Job}. */
export const JOB_COLUMNS = [
  'sequence',
  'id',
  'user',
  'tag',
  'webhook_url as webhookUrl',
  'status',
  'created_at as createdAt',
  'started_at as startedAt',
  'ended_at as endedAt',
] as const

/** Columns of `tasks` that {@link toTask} reads; the payload is none of them. */
export const TASK_COLUMNS = [
  'sequence',
  'id',
  'user',
  'job',
  'name',
  'operation',
  'status',
  'code',
  'message',
  'ignore_error',
  'result',
  'stage',
  'attempts',
  'retry_of as retryOf',
  'created_at as createdAt',
  'started_at as startedAt',
  'ended_at as endedAt',
] as const

/** Columns of `task_files`, under the names of {@link TaskFile}. */
export const FILE_COLUMNS = ['filename', 'object', 'size', 'content_type as contentType'] as const

/** A row of `tasks`, with {@link TASK_COLUMNS}. */
export interface TaskRow extends Omit<Task, 'ignoreError' | 'result'> {
  readonly ignore_error: number
  /** JSON. */
  readonly result: string | null
}

const resultSchema = z.record(z.string(), z.unknown())

/** Reads a row of `tasks`. */
export function toTask({ ignore_error, result, ...others }: TaskRow): Task {
  return {
    ...others,
    ignoreError: ignore_error === 1,
    result: result === null ? null : resultSchema.parse(JSON.parse(result)),
  }
}
