import * as z from 'zod/mini'
import { parseJson } from '../../../../base/json.ts'
import type { Database } from '../../../../home/database.ts'
import type { IpsJob, JobCounts, JobLine, JobState } from './ips-job.ts'

/** A line of a log as it is kept. */
export interface KeptJobLine extends JobLine {
  /** In milliseconds of the epoch. */
  readonly created: number
}

/** What is kept of a job when it is submitted. */
export type NewJob = Pick<
  IpsJob,
  'company' | 'name' | 'kind' | 'details' | 'email' | 'locale' | 'description' | 'execTime'
>

/** Jobs, and what is logged of them. */
export interface JobStore {
  readonly add: (job: NewJob) => Promise<IpsJob>
  readonly find: (number: number) => IpsJob | undefined
  /** Those of a company in a state, in the order in which they were submitted. */
  readonly list: (company: string, state: JobState) => readonly IpsJob[]
  /** All that wait, of all companies, in the order in which they are to begin. */
  readonly waiting: () => readonly IpsJob[]
  readonly linesOf: (number: number) => readonly KeptJobLine[]
  /** Jobs with what they have logged about an asset. */
  readonly aboutAsset: (asset: number) => readonly { job: IpsJob; line: KeptJobLine }[]
  /** Begins it, with an empty log. */
  readonly begin: (number: number) => Promise<void>
  readonly count: (number: number, counts: JobCounts) => Promise<void>
  readonly log: (number: number, line: JobLine) => Promise<void>
  /** Ends it, and has a mail about it owed. */
  readonly end: (number: number, isFatal: boolean, line: JobLine) => Promise<void>
  /** Those of which nobody has thought yet whether a mail about them is to be sent. */
  readonly owed: () => readonly IpsJob[]
  /** Keeps that the mail about it was sent, or is not wanted. */
  readonly settle: (number: number) => Promise<void>
  /** Has it wait, to begin when it is resumed. */
  readonly pause: (number: number, isPaused: boolean) => Promise<void>
  /** Has it begin as soon as it can. */
  readonly hurry: (number: number) => Promise<void>
  readonly remove: (number: number) => Promise<void>
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
    state: z.enum(['waiting', 'running', 'done']),
    is_paused: z.number(),
    submitted: z.number(),
    exec_time: maybe(z.number()),
    started: maybe(z.number()),
    ended: maybe(z.number()),
    total: z.number(),
    successes: z.number(),
    errors: z.number(),
    warnings: z.number(),
    is_fatal: z.number(),
  }),
  z.transform(
    ({ is_paused, is_fatal, exec_time, details, ...job }): IpsJob => ({
      ...job,
      details: parseJson(details),
      isPaused: is_paused === 1,
      isFatal: is_fatal === 1,
      execTime: exec_time,
    }),
  ),
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
  }),
  z.transform(({ job, asset, asset_name, asset_type, ...line }) => {
    const about = { number: asset ?? 0, name: asset_name ?? '', type: asset_type ?? '' }
    const kept: KeptJobLine = { ...line, ...(asset !== undefined && { asset: about }) }
    return { job, line: kept }
  }),
)

/** @param now - the clock, in milliseconds of the epoch */
export function createJobStore(database: Database, now: () => number): JobStore {
  const insert = database.prepare(`
    INSERT INTO jobs (company, name, kind, details, email, locale, description, exec_time, state, submitted)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?) RETURNING *
  `)
  const select = database.prepare('SELECT * FROM jobs WHERE number = ?')
  const selectState = database.prepare(
    'SELECT * FROM jobs WHERE company = ? AND state = ? ORDER BY number',
  )
  const selectWaiting = database.prepare(
    "SELECT * FROM jobs WHERE state = 'waiting' AND is_paused = 0 ORDER BY coalesce(exec_time, 0), number",
  )
  const selectLines = database.prepare('SELECT * FROM job_details WHERE job = ? ORDER BY position')
  const selectAsset = database.prepare(
    'SELECT * FROM job_details WHERE asset = ? ORDER BY job, position',
  )
  const start = database.prepare(`
    UPDATE jobs SET state = 'running', started = ?, total = 0, successes = 0, errors = 0, warnings = 0 WHERE number = ?
  `)
  const clear = database.prepare('DELETE FROM job_details WHERE job = ?')
  const setCounts = database.prepare(
    'UPDATE jobs SET total = ?, successes = ?, errors = ?, warnings = ? WHERE number = ?',
  )
  const addLine = database.prepare(`
    INSERT INTO job_details (job, position, type, message, created, asset, asset_name, asset_type)
    VALUES (?1, (SELECT count(*) FROM job_details WHERE job = ?1), ?2, ?3, ?4, ?5, ?6, ?7)
  `)
  const finish = database.prepare(
    "UPDATE jobs SET state = 'done', is_paused = 0, is_mail_due = 1, ended = ?, is_fatal = ? WHERE number = ?",
  )
  const setPaused = database.prepare(
    "UPDATE jobs SET state = 'waiting', is_paused = ? WHERE number = ? AND state <> 'done'",
  )
  const setNow = database.prepare(
    'UPDATE jobs SET exec_time = NULL, is_paused = 0 WHERE number = ?',
  )
  const recover = database.prepare("UPDATE jobs SET state = 'waiting' WHERE state = 'running'")
  const selectOwed = database.prepare('SELECT * FROM jobs WHERE is_mail_due = 1 ORDER BY number')
  const setSettled = database.prepare('UPDATE jobs SET is_mail_due = 0 WHERE number = ?')
  const drop = database.prepare('DELETE FROM jobs WHERE number = ?')
  // What ran when the service ended begins anew.
  recover.run()

  function find(number: number): IpsJob | undefined {
    const row = select.get(number)
    return row === undefined ? undefined : jobSchema.parse(row)
  }

  function write(number: number, { type, message, asset }: JobLine): void {
    const about = [asset?.number ?? null, asset?.name ?? null, asset?.type ?? null] as const
    addLine.run(number, type, message, now(), ...about)
  }

  return {
    find,
    add: ({ company, name, kind, details, email, locale, description, execTime }) =>
      database.write(() =>
        jobSchema.parse(
          insert.get(
            company,
            name,
            kind,
            JSON.stringify(details),
            email,
            locale ?? null,
            description ?? null,
            execTime ?? null,
            now(),
          ),
        ),
      ),
    list: (company, state) => selectState.all(company, state).map((row) => jobSchema.parse(row)),
    waiting: () => selectWaiting.all().map((row) => jobSchema.parse(row)),
    linesOf: (number) => selectLines.all(number).map((row) => lineSchema.parse(row).line),
    aboutAsset: (asset) =>
      selectAsset.all(asset).flatMap((row) => {
        const { job: number, line } = lineSchema.parse(row)
        const job = find(number)
        return job ? [{ job, line }] : []
      }),
    begin: (number) =>
      database.write(() => {
        clear.run(number)
        start.run(now(), number)
      }),
    count: (number, { total, successes, errors, warnings }) =>
      database.write(() => void setCounts.run(total, successes, errors, warnings, number)),
    log: (number, line) => database.write(() => write(number, line)),
    end: (number, isFatal, line) =>
      database.write(() => {
        if (!find(number)) return
        write(number, line)
        finish.run(now(), isFatal ? 1 : 0, number)
      }),
    owed: () => selectOwed.all().map((row) => jobSchema.parse(row)),
    settle: (number) => database.write(() => void setSettled.run(number)),
    pause: (number, isPaused) => database.write(() => void setPaused.run(isPaused ? 1 : 0, number)),
    hurry: (number) => database.write(() => void setNow.run(number)),
    remove: (number) => database.write(() => void drop.run(number)),
  }
}
