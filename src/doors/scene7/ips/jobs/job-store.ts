import { sql } from 'kysely'
import { type Given, prepareQuery } from '../../../../database/prepared-query.ts'
import type { IpsDatabase, IpsReading, IpsWriting } from '../ips-tables.ts'
import type { FileOutcome, IpsJob, JobLine, JobState } from './ips-job.ts'
import { tellOfJob, tellOfTurn } from './job-news.ts'
import { type KeptJobLine, readJobRow, readLineRow, writeLineRow } from './job-row.ts'

/** What is kept of a job when it is submitted. */
export type NewJob = Pick<
  IpsJob,
  | 'company'
  | 'name'
  | 'kind'
  | 'details'
  | 'email'
  | 'locale'
  | 'description'
  | 'execTime'
  | 'schedule'
>

/** Jobs of one kind that are in one state. */
export interface JobsOfKind {
  readonly kind: string
  readonly state: JobState | 'failed'
  readonly count: number
}

/** Jobs, and what is logged of them. */
export interface JobStore {
  readonly add: (job: NewJob) => Promise<IpsJob>
  /** Keeps one that takes files from its client. */
  readonly open: (job: NewJob) => Promise<IpsJob>
  readonly find: (number: number) => Promise<IpsJob | undefined>
  /** Those of a company in a state, in the order in which they were submitted. */
  readonly list: (company: string, state: JobState) => Promise<readonly IpsJob[]>
  /** How many there are of a kind, and where they are in their lives. */
  readonly counts: () => Promise<readonly JobsOfKind[]>
  /**
   * Of each who has jobs in a company and none that runs there, the one that waits and is to begin first; whoever is to begin first comes
   * first.
   */
  readonly next: () => Promise<readonly IpsJob[]>
  readonly linesOf: (number: number) => Promise<readonly KeptJobLine[]>
  /** Jobs with what they have logged about an asset. */
  readonly aboutAsset: (asset: number) => Promise<readonly { job: IpsJob; line: KeptJobLine }[]>
  /** Logs about a job that takes files, and counts what has become of a file. */
  readonly log: (number: number, line: JobLine) => Promise<void>
  readonly tally: (number: number, outcome: FileOutcome, line: JobLine) => Promise<void>
  /** Ends it unless it has ended, whoever runs it, and has a mail about it owed. */
  readonly end: (number: number, isFatal: boolean, line: JobLine) => Promise<void>
  /** Has it wait, to begin when it is resumed; whoever runs it does so no more. */
  readonly pause: (number: number, isPaused: boolean) => Promise<void>
  /** Has it begin as soon as it can. */
  readonly hurry: (number: number) => Promise<void>
  readonly remove: (number: number) => Promise<void>
}

const find = prepareQuery((tables: IpsReading, given: Given<{ number: number }>) =>
  tables.selectFrom('ips_jobs').selectAll().where('number', '=', given('number')),
)

/** Finds a job, within a transaction or not. */
export async function findJob(tables: IpsReading, number: number): Promise<IpsJob | undefined> {
  const row = await find.first(tables, { number })
  return row && readJobRow(row)
}

/**
 * Has whoever changes the job at the same time go before or after.
 *
 * @returns whether there is such a job
 */
async function lockJob(tables: IpsWriting, number: number): Promise<boolean> {
  const { numUpdatedRows } = await tables
    .updateTable('ips_jobs')
    .set(({ eb }) => ({ total: eb.ref('total') }))
    .where('number', '=', number)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Adds a line to the log of a job, which nobody else changes at the same time. */
export async function addLine(
  tables: IpsWriting,
  job: number,
  line: JobLine,
  now: number,
): Promise<void> {
  await tables
    .insertInto('ips_job_details')
    .values((eb) => ({
      ...writeLineRow(job, line, now),
      position: eb
        .selectFrom('ips_job_details')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('job', '=', job),
    }))
    .execute()
}

/** Adds a line about a file to the log of a job, and counts what has become of it. */
export async function addTally(
  tables: IpsWriting,
  job: number,
  { outcome, line, now }: { outcome: FileOutcome; line: JobLine; now: number },
): Promise<void> {
  await tables
    .updateTable('ips_jobs')
    .set(({ eb }) => ({
      [outcome]: eb(outcome, '+', 1),
      total: sql<number>`CASE WHEN total > ${DONE} THEN total ELSE ${DONE} + 1 END`,
    }))
    .where('number', '=', job)
    .execute()
  await addLine(tables, job, line, now)
}

/** Ends a job, which has not ended. */
export async function endJob(
  tables: IpsWriting,
  job: number,
  { isFatal, line, now }: { isFatal: boolean; line: JobLine; now: number },
): Promise<void> {
  await addLine(tables, job, line, now)
  await tables
    .updateTable('ips_jobs')
    .set({
      state: 'done',
      holder: null,
      is_paused: 0,
      is_mail_due: 1,
      ended: now,
      is_fatal: isFatal ? 1 : 0,
    })
    .where('number', '=', job)
    .execute()
}

const DONE = sql<number>`successes + errors + warnings`

/** When a job is to begin that waits. */
const BEGINS = sql<number>`coalesce(exec_time, submitted)`

/** @param now - the clock, in milliseconds of the epoch */
export function createJobStore(database: IpsDatabase, now: () => number): JobStore {
  const { committed } = database

  const addAs =
    (state: JobState, started: () => number | null) =>
    ({ details, locale, description, execTime, schedule, ...job }: NewJob): Promise<IpsJob> =>
      database.write(async (tables) => {
        const row = await tables
          .insertInto('ips_jobs')
          .values({
            company: job.company,
            name: job.name,
            kind: job.kind,
            details: JSON.stringify(details),
            email: job.email,
            locale: locale ?? null,
            description: description ?? null,
            exec_time: execTime ?? null,
            schedule: schedule ?? null,
            state,
            submitted: now(),
            started: started(),
          })
          .returningAll()
          .executeTakeFirstOrThrow()
        await tellOfTurn(database, tables, row.number)
        return readJobRow(row)
      })

  return {
    add: addAs('waiting', () => null),
    open: addAs('open', now),
    find: (number) => findJob(committed, number),
    async list(company, state) {
      const rows = await committed
        .selectFrom('ips_jobs')
        .selectAll()
        .where('company', '=', company)
        .where('state', '=', state)
        .orderBy('number')
        .execute()
      return rows.map(readJobRow)
    },
    async counts() {
      const rows = await committed
        .selectFrom('ips_jobs')
        .select(({ fn }) => [
          'kind',
          'state',
          'is_fatal as isFatal',
          fn.countAll<number>().as('count'),
        ])
        .where('schedule', 'is', null)
        .groupBy(['kind', 'state', 'is_fatal'])
        .orderBy('kind')
        .orderBy('state')
        .execute()
      return rows.map(({ kind, state, isFatal, count }) => ({
        kind,
        state: isFatal === 1 ? 'failed' : state,
        count,
      }))
    },
    async next() {
      const rows = await committed
        .with('waiting', (tables) =>
          tables
            .selectFrom('ips_jobs as job')
            .selectAll()
            .select(
              sql<number>`row_number() OVER (PARTITION BY company, email ORDER BY ${BEGINS}, number)`.as(
                'place',
              ),
            )
            .where('state', '=', 'waiting')
            .where('is_paused', '=', 0)
            .where('schedule', 'is', null)
            .where((eb) =>
              eb.not(
                eb.exists(
                  eb
                    .selectFrom('ips_jobs as other')
                    .select('number')
                    .where('other.state', '=', 'running')
                    .whereRef('other.company', '=', 'job.company')
                    .whereRef('other.email', '=', 'job.email'),
                ),
              ),
            ),
        )
        .selectFrom('waiting')
        .selectAll()
        .where('place', '=', 1)
        .orderBy(BEGINS)
        .orderBy('number')
        .execute()
      return rows.map(readJobRow)
    },
    async linesOf(number) {
      const rows = await committed
        .selectFrom('ips_job_details')
        .selectAll()
        .where('job', '=', number)
        .orderBy('position')
        .execute()
      return rows.map((row) => readLineRow(row).line)
    },
    async aboutAsset(asset) {
      const rows = await committed
        .selectFrom('ips_job_details')
        .selectAll()
        .where('asset', '=', asset)
        .orderBy('job')
        .orderBy('position')
        .execute()
      const numbers = [...new Set(rows.map(({ job }) => job))]
      const found = await Promise.all(numbers.map((number) => findJob(committed, number)))
      const jobs = new Map(found.flatMap((job) => (job ? [[job.number, job]] : [])))
      return rows.map(readLineRow).flatMap(({ job: number, line }) => {
        const job = jobs.get(number)
        return job ? [{ job, line }] : []
      })
    },
    log: (number, line) =>
      database.write(async (tables) => {
        if (!(await lockJob(tables, number))) return
        await addLine(tables, number, line, now())
        await tellOfJob(database, tables, number)
      }),
    tally: (number, outcome, line) =>
      database.write(async (tables) => {
        if (!(await lockJob(tables, number))) return
        await addTally(tables, number, { outcome, line, now: now() })
        await tellOfJob(database, tables, number)
      }),
    end: (number, isFatal, line) =>
      database.write(async (tables) => {
        const job = (await lockJob(tables, number)) ? await findJob(tables, number) : undefined
        if (!job || job.state === 'done') return
        await endJob(tables, number, { isFatal, line, now: now() })
        await tellOfTurn(database, tables, number)
      }),
    pause: (number, isPaused) =>
      database.write(async (tables) => {
        await tables
          .updateTable('ips_jobs')
          .set({ state: 'waiting', holder: null, is_paused: isPaused ? 1 : 0 })
          .where('number', '=', number)
          .where('state', 'in', ['waiting', 'running'])
          .execute()
        await tellOfTurn(database, tables, number)
      }),
    hurry: (number) =>
      database.write(async (tables) => {
        await tables
          .updateTable('ips_jobs')
          .set({ exec_time: null, is_paused: 0 })
          .where('number', '=', number)
          .execute()
        await tellOfTurn(database, tables, number)
      }),
    remove: (number) =>
      database.write(async (tables) => {
        await tables.deleteFrom('ips_jobs').where('number', '=', number).execute()
        await tellOfTurn(database, tables, number)
      }),
  }
}
