import * as z from 'zod/mini'
import { parseJson } from '../../../../base/json.ts'
import type { IpsJob, JobLine, JobState } from './ips-job.ts'

/** A line of a log as it is kept. */
export interface KeptJobLine extends JobLine {
  /** In milliseconds of the epoch. */
  readonly created: number
}

const maybe = <T>(schema: z.ZodMiniType<T>) =>
  z.pipe(
    z.nullable(schema),
    z.transform((value) => value ?? undefined),
  )

const jobSchema = z.pipe(
  z.object({
    number: z.number(),
    company: z.string(),
    name: z.string(),
    kind: z.string(),
    details: z.string(),
    email: z.string(),
    locale: maybe(z.string()),
    description: maybe(z.string()),
    state: z.enum(['waiting', 'running', 'open', 'done']),
    is_paused: z.number(),
    submitted: z.number(),
    exec_time: maybe(z.number()),
    schedule: maybe(z.string()),
    scheduled_by: maybe(z.number()),
    started: maybe(z.number()),
    ended: maybe(z.number()),
    total: z.number(),
    successes: z.number(),
    errors: z.number(),
    warnings: z.number(),
    is_fatal: z.number(),
  }),
  z.transform(({ is_paused, is_fatal, exec_time, scheduled_by, details, ...job }): IpsJob => ({
    ...job,
    details: parseJson(details),
    isPaused: is_paused === 1,
    isFatal: is_fatal === 1,
    execTime: exec_time,
    scheduledBy: scheduled_by,
  })),
)

const lineSchema = z.pipe(
  z.object({
    job: z.number(),
    type: z.string(),
    message: z.string(),
    created: z.number(),
    asset: maybe(z.number()),
    asset_name: maybe(z.string()),
    asset_type: maybe(z.string()),
    item: maybe(z.number()),
    began: maybe(z.number()),
    ended: maybe(z.number()),
  }),
  z.transform(({ job, asset, asset_name, asset_type, item, began, ended, ...line }) => {
    const about = { number: asset ?? 0, name: asset_name ?? '', type: asset_type ?? '' }
    const kept: KeptJobLine = {
      ...line,
      ...(asset !== undefined && { asset: about }),
      ...(item !== undefined && { item }),
      ...(began !== undefined && ended !== undefined && { spent: { start: began, end: ended } }),
    }
    return { job, line: kept }
  }),
)

/** Reads a job as the database has it. */
export function readJobRow(row: unknown): IpsJob {
  return jobSchema.parse(row)
}

/** Jobs of one kind that are in one state. */
export interface JobsOfKind {
  readonly kind: string
  readonly state: JobState | 'failed'
  readonly count: number
}

const countSchema = z.object({
  kind: z.string(),
  state: z.enum(['waiting', 'running', 'open', 'done', 'failed']),
  count: z.number(),
})

/** Reads how many jobs of a kind are in a state, as the database counts them. */
export function readCountRow(row: unknown): JobsOfKind {
  return countSchema.parse(row)
}

/** Reads a line of a log as the database has it, with the number of its job. */
export function readLineRow(row: unknown): { readonly job: number; readonly line: KeptJobLine } {
  return lineSchema.parse(row)
}
