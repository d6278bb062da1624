import type { IpsDatabase, IpsReading, IpsWriting } from '../ips-tables.ts'
import type { IpsJob } from './ips-job.ts'
import { tellOfTurn } from './job-news.ts'
import { readJobRow } from './job-row.ts'
import { findJob } from './job-store.ts'

/** Jobs with a schedule, of which another job is made each time; they are never run themselves. */
export interface ScheduleStore {
  /** Those that are due some time: they are not paused, and the job before has ended. The next comes first. */
  readonly due: () => Promise<readonly IpsJob[]>
  /** The job that was made of one and has not ended. */
  readonly openRun: (schedule: number) => Promise<IpsJob | undefined>
  /**
   * Makes a job of one, unless it was paused, removed or served meanwhile.
   *
   * @param due - the time that it is made for, so that no time is served twice
   * @param next - the time after; without one there is no more, and the schedule is gone
   */
  readonly fire: (number: number, due: number, next: number | undefined) => Promise<void>
  /** Makes a job of one beside its times; undefined when the one before has not ended. */
  readonly runOnce: (number: number) => Promise<IpsJob | undefined>
  readonly setDue: (number: number, time: number) => Promise<void>
}

/** @param now - the clock, in milliseconds of the epoch */
export function createScheduleStore(database: IpsDatabase, now: () => number): ScheduleStore {
  const { committed } = database

  async function makeRun(tables: IpsWriting, number: number): Promise<IpsJob> {
    const { company, name, kind, details, email, locale, description } = await tables
      .selectFrom('ips_jobs')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    const row = await tables
      .insertInto('ips_jobs')
      .values({
        company,
        name,
        kind,
        details,
        email,
        locale,
        description,
        scheduled_by: number,
        state: 'waiting',
        submitted: now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await tellOfTurn(database, tables, row.number)
    return readJobRow(row)
  }

  return {
    openRun: (schedule) => openRun(committed, schedule),
    async due() {
      const rows = await committed
        .selectFrom('ips_jobs as job')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('is_paused', '=', 0)
        .where('schedule', 'is not', null)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('ips_jobs as run')
                .select('number')
                .whereRef('run.scheduled_by', '=', 'job.number')
                .where('run.state', '<>', 'done'),
            ),
          ),
        )
        .orderBy('exec_time')
        .execute()
      return rows.map(readJobRow)
    },
    fire: (number, due, next) =>
      database.write(async (tables) => {
        const job = await findJob(tables, number)
        if (!job || job.isPaused || job.execTime !== due) return
        if (await openRun(tables, number)) return
        await makeRun(tables, number)
        if (next !== undefined) await setTime(tables, number, next)
        else await tables.deleteFrom('ips_jobs').where('number', '=', number).execute()
      }),
    runOnce: (number) =>
      database.write(async (tables) =>
        (await openRun(tables, number)) ? undefined : makeRun(tables, number),
      ),
    setDue: (number, time) =>
      database.write(async (tables) => {
        await setTime(tables, number, time)
        await tellOfTurn(database, tables, number)
      }),
  }
}

async function openRun(tables: IpsReading, schedule: number): Promise<IpsJob | undefined> {
  const row = await tables
    .selectFrom('ips_jobs')
    .selectAll()
    .where('scheduled_by', '=', schedule)
    .where('state', '<>', 'done')
    .executeTakeFirst()
  return row && readJobRow(row)
}

async function setTime(tables: IpsWriting, number: number, time: number): Promise<void> {
  await tables
    .updateTable('ips_jobs')
    .set({ exec_time: time })
    .where('number', '=', number)
    .execute()
}
