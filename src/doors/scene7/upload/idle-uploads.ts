import { sql } from 'kysely'
import type { IpsDatabase } from '../ips/ips-tables.ts'

/** Which jobs that take files get none any more. */
export interface IdleUploads {
  /** Keeps that clients are sending files for these. */
  readonly touch: (jobs: readonly number[]) => Promise<void>
  /** Those for which nobody has sent any since a time in milliseconds of the epoch. */
  readonly since: (time: number) => Promise<readonly number[]>
}

/** @param now - the clock, in milliseconds of the epoch */
export function createIdleUploads(database: IpsDatabase, now: () => number): IdleUploads {
  return {
    async touch(jobs) {
      if (jobs.length === 0) return
      await database.write(async (tables) => {
        for (const job of jobs) {
          await tables
            .updateTable('ips_jobs')
            .set({ active_at: now() })
            .where('number', '=', job)
            .execute()
        }
      })
    },
    async since(time) {
      const newest = sql<number>`coalesce(
        (SELECT max(created) FROM ips_job_details WHERE job = number), started, submitted)`
      const rows = await database.committed
        .selectFrom('ips_jobs')
        .select('number')
        .where('state', '=', 'open')
        .where(newest, '<=', time)
        .where((eb) => eb.or([eb('active_at', 'is', null), eb('active_at', '<=', time)]))
        .execute()
      return rows.map(({ number }) => number)
    },
  }
}
