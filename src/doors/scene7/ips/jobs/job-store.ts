import type { Database } from '../../../../home/database.ts'
import type { FileOutcome, IpsJob, JobCounts, JobLine, JobState } from './ips-job.ts'
import {
  type JobsOfKind,
  type KeptJobLine,
  readCountRow,
  readJobRow,
  readLineRow,
} from './job-row.ts'

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

/** Jobs, and what is logged of them. */
export interface JobStore {
  readonly add: (job: NewJob) => Promise<IpsJob>
  /** Keeps one that takes files from its client. */
  readonly open: (job: NewJob) => Promise<IpsJob>
  readonly find: (number: number) => IpsJob | undefined
  /** Those of a company in a state, in the order in which they were submitted. */
  readonly list: (company: string, state: JobState) => readonly IpsJob[]
  /** How many there are of a kind, and where they are in their lives. */
  readonly counts: () => readonly JobsOfKind[]
  /** Of each who has jobs in a company, the one that waits and is to begin first; whoever is to begin first comes first. */
  readonly next: () => readonly IpsJob[]
  /** Those that are open and have logged nothing since a time in milliseconds of the epoch. */
  readonly idle: (since: number) => readonly IpsJob[]
  readonly linesOf: (number: number) => readonly KeptJobLine[]
  /** Jobs with what they have logged about an asset. */
  readonly aboutAsset: (asset: number) => readonly { job: IpsJob; line: KeptJobLine }[]
  /** Begins it, with an empty log unless it goes on. */
  readonly begin: (number: number, goesOn?: boolean) => Promise<void>
  readonly count: (number: number, counts: JobCounts) => Promise<void>
  readonly log: (number: number, line: JobLine) => Promise<void>
  /** Logs what has become of a file, and counts it. */
  readonly tally: (number: number, outcome: FileOutcome, line: JobLine) => Promise<void>
  /** Ends it unless it has ended, and has a mail about it owed. */
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

/** @param now - the clock, in milliseconds of the epoch */
export function createJobStore(database: Database, now: () => number): JobStore {
  const insert = database.prepare(`
    INSERT INTO jobs (company, name, kind, details, email, locale, description, exec_time, schedule, state, submitted,
      started)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *
  `)
  const select = database.prepare('SELECT * FROM jobs WHERE number = ?')
  const selectState = database.prepare(
    'SELECT * FROM jobs WHERE company = ? AND state = ? ORDER BY number',
  )
  const selectCounts = database.prepare(`
    SELECT kind, iif(is_fatal, 'failed', state) AS state, count(*) AS count FROM jobs WHERE schedule IS NULL GROUP BY 1, 2
  `)
  const selectNext = database.prepare(`
    SELECT * FROM (
      SELECT *, row_number() OVER (PARTITION BY company, email ORDER BY coalesce(exec_time, submitted), number) AS place
      FROM jobs WHERE state = 'waiting' AND is_paused = 0 AND schedule IS NULL
    ) WHERE place = 1 ORDER BY coalesce(exec_time, submitted), number
  `)
  const selectIdle = database.prepare(`
    SELECT * FROM jobs WHERE state = 'open'
      AND coalesce((SELECT max(created) FROM job_details WHERE job = number), started, submitted) <= ?
  `)
  const selectLines = database.prepare('SELECT * FROM job_details WHERE job = ? ORDER BY position')
  const selectAsset = database.prepare(
    'SELECT * FROM job_details WHERE asset = ? ORDER BY job, position',
  )
  const start = database.prepare(`
    UPDATE jobs SET state = 'running', started = ?, total = 0, successes = 0, errors = 0, warnings = 0 WHERE number = ?
  `)
  const goOn = database.prepare(
    "UPDATE jobs SET state = 'running', started = coalesce(started, ?) WHERE number = ?",
  )
  const count = {
    successes: database.prepare('UPDATE jobs SET successes = successes + 1 WHERE number = ?'),
    errors: database.prepare('UPDATE jobs SET errors = errors + 1 WHERE number = ?'),
    warnings: database.prepare('UPDATE jobs SET warnings = warnings + 1 WHERE number = ?'),
  }
  const grow = database.prepare(
    'UPDATE jobs SET total = max(total, successes + errors + warnings) WHERE number = ?',
  )
  const clear = database.prepare('DELETE FROM job_details WHERE job = ?')
  const setCounts = database.prepare(
    'UPDATE jobs SET total = ?, successes = ?, errors = ?, warnings = ? WHERE number = ?',
  )
  const addLine = database.prepare(`
    INSERT INTO job_details (job, position, type, message, created, asset, asset_name, asset_type, item, began, ended)
    VALUES (?1, (SELECT count(*) FROM job_details WHERE job = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
  `)
  const finish = database.prepare(
    "UPDATE jobs SET state = 'done', is_paused = 0, is_mail_due = 1, ended = ?, is_fatal = ? WHERE number = ?",
  )
  const setPaused = database.prepare(
    "UPDATE jobs SET state = 'waiting', is_paused = ? WHERE number = ? AND state IN ('waiting', 'running')",
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
    return row === undefined ? undefined : readJobRow(row)
  }

  function write(number: number, { type, message, asset, item, spent }: JobLine): void {
    const about = [asset?.number ?? null, asset?.name ?? null, asset?.type ?? null] as const
    const when = [spent?.start ?? null, spent?.end ?? null] as const
    addLine.run(number, type, message, now(), ...about, item ?? null, ...when)
  }

  const insertAs = (state: JobState, started: number | null) => (job: NewJob) =>
    database.write(() => {
      const { company, name, kind, details, email, locale, description, execTime, schedule } = job
      const given = [company, name, kind, JSON.stringify(details), email] as const
      const maybeGiven = [locale ?? null, description ?? null, execTime ?? null, schedule ?? null]
      return readJobRow(insert.get(...given, ...maybeGiven, state, now(), started))
    })

  return {
    find,
    add: insertAs('waiting', null),
    open: (job) => insertAs('open', now())(job),
    list: (company, state) => selectState.all(company, state).map((row) => readJobRow(row)),
    counts: () => selectCounts.all().map((row) => readCountRow(row)),
    next: () => selectNext.all().map((row) => readJobRow(row)),
    idle: (since) => selectIdle.all(since).map((row) => readJobRow(row)),
    linesOf: (number) => selectLines.all(number).map((row) => readLineRow(row).line),
    aboutAsset: (asset) =>
      selectAsset.all(asset).flatMap((row) => {
        const { job: number, line } = readLineRow(row)
        const job = find(number)
        return job ? [{ job, line }] : []
      }),
    begin: (number, goesOn = false) =>
      database.write(() => {
        if (goesOn) {
          goOn.run(now(), number)
          return
        }
        clear.run(number)
        start.run(now(), number)
      }),
    tally: (number, outcome, line) =>
      database.write(() => {
        if (!find(number)) return
        write(number, line)
        count[outcome].run(number)
        grow.run(number)
      }),
    count: (number, { total, successes, errors, warnings }) =>
      database.write(() => void setCounts.run(total, successes, errors, warnings, number)),
    log: (number, line) => database.write(() => write(number, line)),
    end: (number, isFatal, line) =>
      database.write(() => {
        const job = find(number)
        if (!job || job.state === 'done') return
        write(number, line)
        finish.run(now(), isFatal ? 1 : 0, number)
      }),
    owed: () => selectOwed.all().map((row) => readJobRow(row)),
    settle: (number) => database.write(() => void setSettled.run(number)),
    pause: (number, isPaused) => database.write(() => void setPaused.run(isPaused ? 1 : 0, number)),
    hurry: (number) => database.write(() => void setNow.run(number)),
    remove: (number) => database.write(() => void drop.run(number)),
  }
}
