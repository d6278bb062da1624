import type { IpsCall } from '../ips-call.ts'
import type { Value } from '../schema/types.ts'
import type { EmailSetting } from './email-setting.ts'
import type { IpsJob, JobCounts, JobLine } from './ips-job.ts'

/** What a job does, as a member that is named for it tells of it. */
export type JobDetails = Pick<Value<'ScheduledJob'>, 'imageServingPublishJob' | 'exportJob'>

/** A member of submitJob that says what a job does. */
export type JobElement = keyof JobDetails

/** What a job that runs has to do with. */
export interface JobWork {
  /** Aborts when the job is stopped or paused, or the service ends. */
  readonly signal: AbortSignal
  readonly count: (counts: JobCounts) => Promise<void>
  readonly log: (line: JobLine) => Promise<void>
}

/** Something that jobs do. It may be begun anew, after a kill or a pause, and then does all of it again. */
export interface JobKind {
  /** What `type` of an active job is (r-job-types). */
  readonly type: string
  /** What `logType` of its log is (r-job-log-types). */
  readonly logType: string
  /**
   * Checks what it is asked for.
   *
   * @returns what is kept of that
   * @throws {@link IpsFault}
   */
  readonly check: (details: unknown, call: Pick<IpsCall, 'company' | 'origin'>) => unknown
  /** When a mail about it is wanted. */
  readonly emailSetting: (details: unknown) => EmailSetting
  /** Tells what it was asked for. */
  readonly tell: (details: unknown) => JobDetails
  /** @returns the last line of the log, if it is a special one */
  readonly run: (job: IpsJob, work: JobWork) => Promise<JobLine | undefined>
}

/** What jobs do here. */
export type JobKinds = ReadonlyMap<string, JobKind>
