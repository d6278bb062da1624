import type { Generated } from 'kysely'
import type { Database, Reading, Writing } from '../../../database/database.ts'
import type { JobState } from './jobs/ips-job.ts'

/**
 * What IPS keeps of assets beside what the catalogue has, jobs and what they have made. Times are milliseconds of the epoch; what is
 * true is 1.
 */
export interface IpsTables {
  asset_records: {
    /** Never given to another one, since it is the handle. */
    number: Generated<number>
    company: string
    name: string
    /** Whether it is marked for publishing. */
    is_ready: Generated<number>
    /** What a set is called, such as SpinSet; null for what is no set, and for those that other means have made. */
    set_type: Generated<string | null>
    /** The asset that is shown in place of a set. */
    thumb: Generated<number | null>
  }
  folders: {
    company: string
    /** Such as summer/shoes. */
    path: string
    made: number
  }
  ips_jobs: {
    /** Never given to another one, since it is in the handle. */
    number: Generated<number>
    company: string
    name: string
    /** The member of submitJob that says what it does. */
    kind: string
    /** What is in that, as JSON. */
    details: string
    /** Who has submitted it. */
    email: string
    locale: string | null
    description: string | null
    state: JobState
    is_paused: Generated<number>
    submitted: number
    /** When it is to begin, where somebody has said so, or when the next job is made of it. */
    exec_time: Generated<number | null>
    started: Generated<number | null>
    ended: Generated<number | null>
    total: Generated<number>
    successes: Generated<number>
    errors: Generated<number>
    warnings: Generated<number>
    is_fatal: Generated<number>
    is_mail_due: Generated<number>
    /** The execSchedule of a job that is never run itself, but has another one made each time. */
    schedule: Generated<string | null>
    /** The one that has it made. */
    scheduled_by: Generated<number | null>
    /** The front end that runs it. */
    holder: Generated<string | null>
    /** The one that sends the mail about it. */
    mailer: Generated<string | null>
    /** When a client was seen to send files for it that takes files. */
    active_at: Generated<number | null>
  }
  ips_job_details: {
    job: number
    position: number
    type: string
    message: string
    created: number
    /** The number of the asset that it is about, its name and its type at that time. */
    asset: number | null
    asset_name: string | null
    asset_type: string | null
    /** What of the job it is about, counted from 0. */
    item: number | null
    /** When that was worked on. */
    began: number | null
    ended: number | null
  }
  /** ZIPs that jobs have made, and who may fetch them: whoever knows the token. */
  exports: {
    job: number
    token: string
    /** Of the file. */
    name: string
    expires: number
  }
}

/** The database of IPS. */
export type IpsDatabase = Database<IpsTables>

/** Reads it. */
export type IpsReading = Reading<IpsTables>

/** Reads and changes it, within a transaction. */
export type IpsWriting = Writing<IpsTables>
