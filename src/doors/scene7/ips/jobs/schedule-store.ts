import type { Database } from '../../../../home/database.ts'
import type { IpsJob } from './ips-job.ts'
import { readJobRow } from './job-row.ts'

/** Jobs with a schedule, of which another job is made each time; they are never run themselves. */
export interface ScheduleStore {
  /** Those that are due some time: they are not paused, and the job before has ended. The next comes first. */
  readonly due: () => readonly IpsJob[]
  /** The job that was made of one and has not ended. */
  readonly openRun: (schedule: number) => IpsJob | undefined
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
export function createScheduleStore(database: Database, now: () => number): ScheduleStore {
  const insert = database.prepare(`
    INSERT INTO jobs (company, name, kind, details, email, locale, description, scheduled_by, state, submitted)
    SELECT company, name, kind, details, email, locale, description, number, 'waiting', ? FROM jobs WHERE number = ?
    RETURNING *
  `)
  const select = database.prepare('SELECT * FROM jobs WHERE number = ? AND is_paused = 0')
  const selectRun = database.prepare(
    "SELECT * FROM jobs WHERE scheduled_by = ? AND state <> 'done'",
  )
  const selectDue = database.prepare(`
    SELECT * FROM jobs WHERE state = 'waiting' AND is_paused = 0 AND schedule IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM jobs AS run WHERE run.scheduled_by = jobs.number AND run.state <> 'done')
    ORDER BY exec_time
  `)
  const setTime = database.prepare('UPDATE jobs SET exec_time = ? WHERE number = ?')
  const drop = database.prepare('DELETE FROM jobs WHERE number = ?')

  function openRun(schedule: number): IpsJob | undefined {
    const row = selectRun.get(schedule)
    return row === undefined ? undefined : readJobRow(row)
  }

  return {
    openRun,
    due: () => selectDue.all().map(readJobRow),
    fire: (number, due, next) =>
      database.write(() => {
        const row = select.get(number)
        if (row === undefined || readJobRow(row).execTime !== due || openRun(number)) return
        insert.get(now(), number)
        if (next === undefined) drop.run(number)
        else setTime.run(next, number)
      }),
    runOnce: (number) =>
      database.write(() => (openRun(number) ? undefined : readJobRow(insert.get(now(), number)))),
    setDue: (number, time) => database.write(() => void setTime.run(time, number)),
  }
}
