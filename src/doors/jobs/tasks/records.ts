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

const status = z.enum(STATUSES)
const text = z.nullable(z.string())
const time = z.nullable(z.int())

const jobRow = z.object({
  sequence: z.int(),
  id: z.string(),
  user: z.int(),
  tag: text,
  webhook_url: text,
  status,
  created_at: z.int(),
  started_at: time,
  ended_at: time,
})

const taskRow = z.object({
  sequence: z.int(),
  id: z.string(),
  user: z.int(),
  job: z.nullable(z.int()),
  name: text,
  operation: z.string(),
  status,
  code: text,
  message: text,
  ignore_error: z.int(),
  result: text,
  stage: z.int(),
  attempts: z.int(),
  retry_of: text,
  created_at: z.int(),
  started_at: time,
  ended_at: time,
})

const fileRow = z.object({
  filename: z.string(),
  object: z.string(),
  size: z.int(),
  content_type: z.string(),
})

const resultSchema = z.record(z.string(), z.unknown())

/** Reads a row of `jobs`. */
export function toJob(row: unknown): Job {
  const { webhook_url, created_at, started_at, ended_at, ...others } = jobRow.parse(row)
  return {
    ...others,
    webhookUrl: webhook_url,
    createdAt: created_at,
    startedAt: started_at,
    endedAt: ended_at,
  }
}

/** Reads a row of `tasks`, without the payload. */
export function toTask(row: unknown): Task {
  const { ignore_error, result, retry_of, created_at, started_at, ended_at, ...others } =
    taskRow.parse(row)
  return {
    ...others,
    ignoreError: ignore_error === 1,
    result: result === null ? null : resultSchema.parse(JSON.parse(result)),
    retryOf: retry_of,
    createdAt: created_at,
    startedAt: started_at,
    endedAt: ended_at,
  }
}

/** Reads a row of `task_files`. */
export function toTaskFile(row: unknown): TaskFile {
  const { content_type: contentType, ...others } = fileRow.parse(row)
  return { ...others, contentType }
}
