import { sql } from 'kysely'
import type { IpsDatabase } from '../ips-tables.ts'
import type { IpsJob } from './ips-job.ts'
import { tellOfJob } from './job-news.ts'
import { readJobRow } from './job-row.ts'
import { NOBODY } from './run-store.ts'

/** Of which jobs nobody has thought yet whether a mail about them is to be sent. Each is thought of by one front end. */
export interface OwedMails {
  /** Those that nobody sends. */
  readonly list: () => Promise<readonly IpsJob[]>
  /** Whether that of a job is sent, or still to be sent. */
  readonly isOwed: (number: number) => Promise<boolean>
  /** @returns whether it is to be sent here: no other front end does */
  readonly take: (number: number) => Promise<boolean>
  /** Leaves one that could not be sent to whoever takes it next. */
  readonly letGo: (number: number) => Promise<void>
  /** Keeps that it was sent, or is not wanted. */
  readonly settle: (number: number) => Promise<void>
  /**
   * Lets go of those that nobody sends any more.
   *
   * @param alive - the front ends that there are
   */
  readonly recover: (alive: readonly string[]) => Promise<void>
}

/** @param self - what this front end is called among all */
export function createOwedMails(database: IpsDatabase, self: string): OwedMails {
  const owed = () =>
    database.committed.selectFrom('ips_jobs').selectAll().where('is_mail_due', '=', IS_DUE)

  return {
    async list() {
      const rows = await owed().where('mailer', 'is', null).orderBy('number').execute()
      return rows.map(readJobRow)
    },
    isOwed: async (number) =>
      (await owed().where('number', '=', number).executeTakeFirst()) !== undefined,
    take: (number) =>
      database.write(async (tables) => {
        const { numUpdatedRows } = await tables
          .updateTable('ips_jobs')
          .set({ mailer: self })
          .where('number', '=', number)
          .where('is_mail_due', '=', IS_DUE)
          .where('mailer', 'is', null)
          .executeTakeFirst()
        return numUpdatedRows > 0n
      }),
    letGo: (number) =>
      database.write(async (tables) => {
        await tables
          .updateTable('ips_jobs')
          .set({ mailer: null })
          .where('number', '=', number)
          .where('mailer', '=', self)
          .execute()
      }),
    settle: (number) =>
      database.write(async (tables) => {
        await tables
          .updateTable('ips_jobs')
          .set({ is_mail_due: 0, mailer: null })
          .where('number', '=', number)
          .where('mailer', '=', self)
          .execute()
        await tellOfJob(database, tables, number)
      }),
    recover: (alive) =>
      database.write(async (tables) => {
        await tables
          .updateTable('ips_jobs')
          .set({ mailer: null })
          .where('is_mail_due', '=', IS_DUE)
          .where('mailer', 'not in', [...alive, NOBODY])
          .execute()
      }),
  }
}

/** In the text of queries, or the index of such jobs would not be used. */
const IS_DUE = sql.lit(1)
