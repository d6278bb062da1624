import type { IpsCall } from '../ips-call.ts'
import type { Value } from '../schema/types.ts'
import type { EmailSetting } from './email-setting.ts'
import type { FileOutcome, IpsJob, JobCounts, JobLine } from './ips-job.ts'
import type { KeptJobLine } from './job-row.ts'

/** What a job does, as a member that is named for it tells of it. */
export type JobDetails = Pick<
  Value<'ActiveJob'>,
  'imageServingPublishJob' | 'exportJob' | 'uploadUrlsJob' | 'uploadPostJob'
>

/** What a job that runs has to do with. */
export interface JobWork {
  /** Aborts when the job is stopped or paused, or the service ends. */
  readonly signal: AbortSignal
  readonly count: (counts: JobCounts) => Promise<void>
  readonly log: (line: JobLine) => Promise<void>
  /** Logs several lines and counts, at once. */
  readonly report: (lines: readonly JobLine[], counts: JobCounts) => Promise<void>
  /** Logs what has become of a file, and counts it. */
  readonly tally: (outcome: FileOutcome, line: JobLine) => Promise<void>
  /** What the job has logged before a kill or a pause, if it goes on. */
  readonly logged: readonly KeptJobLine[]
}

/** What is told of jobs of a kind. */
export interface ToldKind {
  /** What `type` of an active job is (r-job-types). */
  readonly type: string
  /** What `logType` of its log is (r-job-log-types). */
  readonly logType: string
  /** When a mail about it is wanted. */
  readonly emailSetting: (details: unknown) => EmailSetting
  /** Tells what it was asked for. */
  readonly tell: (details: unknown) => JobDetails
}

/** Something that jobs do. */
export interface JobKind extends ToldKind {
  /** Whether it goes on after a kill or a pause, with what it has logged and counted; else it is begun anew and does all again. */
  readonly goesOn?: boolean
  /**
   * Checks what it is asked for.
   *
   * @returns what is kept of that
   * @throws {@link IpsFault}
   */
  readonly check: (
    details: unknown,
    call: Pick<IpsCall, 'company' | 'origin' | 'signal'>,
  ) => unknown
  /** @returns the last line of the log, if it is a special one */
  readonly run: (job: IpsJob, work: JobWork) => Promise<JobLine | undefined>
}

/** What jobs do here, by the members of submitJob. */
export type JobKinds = ReadonlyMap<string, JobKind>

/** The same, and what else there are jobs of. */
export type ToldKinds = ReadonlyMap<string, ToldKind>
