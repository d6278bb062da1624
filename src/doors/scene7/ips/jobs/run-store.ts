import type { IpsDatabase, IpsWriting } from '../ips-tables.ts'
import type { FileOutcome, JobCounts, JobLine } from './ips-job.ts'
import { tellOfJob, tellOfTurn } from './job-news.ts'
import { addLine, addTally, endJob } from './job-store.ts'

/**
 * Jobs that a front end runs: each is run by one at a time. What one does of a job that it does not run any more, because it was paused,
 * stopped, or begun by another front end meanwhile, changes nothing.
 */
export interface RunStore {
  /**
   * Begins a job that waits, with an empty log unless it goes on.
   *
   * @returns whether it is run here now: somebody else may have begun it, or another one of its owner
   */
  readonly begin: (number: number, goesOn?: boolean) => Promise<boolean>
  /** Whether it is run here. */
  readonly holds: (number: number) => Promise<boolean>
  readonly count: (number: number, counts: JobCounts) => Promise<void>
  /** Logs several lines, and counts at once if that is given. */
  readonly log: (number: number, lines: readonly JobLine[], counts?: JobCounts) => Promise<void>
  /** Logs what has become of a file, and counts it. */
  readonly tally: (number: number, outcome: FileOutcome, line: JobLine) => Promise<void>
  /** Ends it, and has a mail about it owed. */
  readonly end: (number: number, isFatal: boolean, line: JobLine) => Promise<void>
  /** Has it wait, to begin anew. */
  readonly letGo: (number: number) => Promise<void>
  /**
   * Has those begin anew that nobody runs any more.
   *
   * @param alive - the front ends that may run some
   */
  readonly recover: (alive: readonly string[]) => Promise<void>
}

/** No front end is called so; a list of them in a query needs one. */
export const NOBODY = 'nobody'

/**
 * @param self - what this front end is called among all
 * @param now - the clock, in milliseconds of the epoch
 */
export function createRunStore(database: IpsDatabase, self: string, now: () => number): RunStore {
  /** Does something of a job that is run here; whoever changes the job at the same time goes before or after. */
  const change = (
    number: number,
    work: (tables: IpsWriting) => Promise<unknown>,
    tell = tellOfJob,
  ): Promise<void> =>
    database.write(async (tables) => {
      const { numUpdatedRows } = await tables
        .updateTable('ips_jobs')
        .set({ holder: self })
        .where('number', '=', number)
        .where('state', '=', 'running')
        .where('holder', '=', self)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return
      await work(tables)
      await tell(database, tables, number)
    })

  return {
    begin: (number, goesOn = false) =>
      database.write(async (tables) => {
        const begun = await tables
          .updateTable('ips_jobs as job')
          .set((eb) => ({
            state: 'running',
            holder: self,
            ...(goesOn
              ? { started: eb.fn.coalesce('started', eb.val(now())) }
              : { started: now(), total: 0, successes: 0, errors: 0, warnings: 0 }),
          }))
          .where('number', '=', number)
          .where('state', '=', 'waiting')
          .where('is_paused', '=', 0)
          .where((eb) =>
            eb.not(
              eb.exists(
                eb
                  .selectFrom('ips_jobs as other')
                  .select('other.number')
                  .where('other.state', '=', 'running')
                  .whereRef('other.company', '=', 'job.company')
                  .whereRef('other.email', '=', 'job.email'),
              ),
            ),
          )
          .executeTakeFirst()
        if (begun.numUpdatedRows === 0n) return false
        if (!goesOn) {
          await tables.deleteFrom('ips_job_details').where('job', '=', number).execute()
        }
        await tellOfJob(database, tables, number)
        return true
      }),
    async holds(number) {
      const row = await database.committed
        .selectFrom('ips_jobs')
        .select('number')
        .where('number', '=', number)
        .where('state', '=', 'running')
        .where('holder', '=', self)
        .executeTakeFirst()
      return row !== undefined
    },
    count: (number, counts) => change(number, (tables) => setCounts(tables, number, counts)),
    log: (number, lines, counts) =>
      change(number, async (tables) => {
        for (const line of lines) await addLine(tables, number, line, now())
        if (counts !== undefined) await setCounts(tables, number, counts)
      }),
    tally: (number, outcome, line) =>
      change(number, (tables) => addTally(tables, number, { outcome, line, now: now() })),
    end: (number, isFatal, line) =>
      change(number, (tables) => endJob(tables, number, { isFatal, line, now: now() }), tellOfTurn),
    letGo: (number) =>
      change(
        number,
        (tables) =>
          tables
            .updateTable('ips_jobs')
            .set({ state: 'waiting', holder: null })
            .where('number', '=', number)
            .execute(),
        tellOfTurn,
      ),
    recover: (alive) =>
      database.write(async (tables) => {
        const left = await tables
          .updateTable('ips_jobs')
          .set({ state: 'waiting', holder: null })
          .where('state', '=', 'running')
          .where((eb) =>
            eb.or([eb('holder', 'is', null), eb('holder', 'not in', [...alive, NOBODY])]),
          )
          .returning('number')
          .execute()
        for (const { number } of left) await tellOfTurn(database, tables, number)
      }),
  }
}

async function setCounts(
  tables: IpsWriting,
  number: number,
  { total, successes, errors, warnings }: JobCounts,
): Promise<void> {
  await tables
    .updateTable('ips_jobs')
    .set({ total, successes, errors, warnings })
    .where('number', '=', number)
    .execute()
}
