/** A line of the log of a job. */
export interface JobLine {
  /** One of Adobe’s, such as `FileEnd` (r-job-log-types). */
  readonly type: string
  readonly message: string
  /** The asset that it is about. */
  readonly asset?: { readonly number: number; readonly name: string; readonly type: string }
  /** Which of what the job was given it is about, counted from 0. */
  readonly item?: number
  /** When that was worked on, in milliseconds of the epoch; lines may be kept a moment later. */
  readonly spent?: { readonly start: number; readonly end: number }
}

/** How far a job is. */
export interface JobCounts {
  readonly total: number
  readonly successes: number
  readonly errors: number
  readonly warnings: number
}

/** What has become of a file. */
export type FileOutcome = 'successes' | 'errors' | 'warnings'

/** A job, from when it was submitted until it is deleted. */
export interface IpsJob extends JobCounts {
  readonly number: number
  readonly company: string
  readonly name: string
  /** The member of submitJob that says what it does. */
  readonly kind: string
  /** What is in that. */
  readonly details: unknown
  /** Of who has submitted it. */
  readonly email: string
  readonly locale: string | undefined
  readonly description: string | undefined
  readonly state: JobState
  readonly isPaused: boolean
  /** Times are milliseconds of the epoch. */
  readonly submitted: number
  /** When it is to begin, where somebody has said so. */
  readonly execTime: number | undefined
  /** The `execSchedule` of one that is run again and again: each time another job is made of it. */
  readonly schedule: string | undefined
  /** The number of the one with the schedule that it was made of. */
  readonly scheduledBy: number | undefined
  readonly started: number | undefined
  readonly ended: number | undefined
  /** Whether it came to no end of its own. */
  readonly isFatal: boolean
}

/** Where a job is in its life; one that is open takes files from its client. */
export type JobState = 'waiting' | 'running' | 'open' | 'done'
