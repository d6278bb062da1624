import { hostname } from 'node:os'
import { readSchedule } from '../schedules/schedule.ts'
import type { Value } from '../schema/types.ts'
import type { IpsJob, JobState } from './ips-job.ts'
import type { ToldKind } from './job-kind.ts'
import type { KeptJobLine } from './job-row.ts'

/** The handle of a job. */
export function handleOfJob({ number }: Pick<IpsJob, 'number'>): string {
  return `j|${number}`
}

/** The number of the job that a handle is of; undefined when it is none. */
export function numberOfJob(handle: string): number | undefined {
  const number = /^j\|(\d{1,15})$/.exec(handle)?.[1]
  return number === undefined ? undefined : Number(number)
}

/** What the states of active jobs are called (r-active-job-states). */
const STATES: Readonly<Record<JobState, string>> = {
  waiting: 'New',
  running: 'Running',
  open: 'WaitingClient',
  done: 'Done',
}

/** What is told of a job wherever it is told of. */
function identityOf({ company, name, email, ...job }: IpsJob) {
  return {
    companyHandle: `c|${company}`,
    jobHandle: handleOfJob(job),
    name,
    originalName: name,
    submitUserEmail: email,
  }
}

/** Tells of a job that runs or is about to; strict clients need every member of it. */
export function tellActiveJob(job: IpsJob, kind: ToldKind): Value<'ActiveJob'> {
  const { total, successes, errors, warnings, started = job.submitted } = job
  const done = successes + errors + warnings
  const update = new Date(started)
  return {
    ...identityOf(job),
    type: kind.type,
    state: STATES[job.state],
    locale: job.locale,
    description: job.description,
    serverName: hostname(),
    startDate: new Date(started),
    triggerTime: new Date(job.execTime ?? job.submitted),
    totalSize: total,
    progress: total === 0 ? 0 : Math.floor((100 * done) / total),
    progressMessage: total === 0 ? '' : `${done} of ${total}`,
    lastProgressUpdate: update,
    taskProgressArray: [],
    ...kind.tell(job.details),
  }
}

/**
 * Tells of a job whose time has not come.
 *
 * @param isBlocked - whether the one that was made of it before has not ended
 */
export function tellScheduledJob(
  job: IpsJob,
  kind: ToldKind,
  isBlocked: boolean,
): Value<'ScheduledJob'> {
  const { schedule } = job
  return {
    ...identityOf(job),
    type: kind.type,
    locale: job.locale,
    description: job.description,
    execSchedule: schedule,
    nextFireTime: new Date(job.execTime ?? job.submitted),
    timeZone: schedule === undefined ? 'UTC' : readSchedule(schedule).zone,
    triggerState: triggerStateOf(job, isBlocked),
    ...kind.tell(job.details),
  }
}

/** As Quartz has it (r-job-trigger-states). */
function triggerStateOf({ isPaused }: IpsJob, isBlocked: boolean): string {
  if (isPaused) return 'Paused'
  return isBlocked ? 'Blocked' : 'Normal'
}

/** Tells how a job went. */
export function tellJobLog(job: IpsJob, kind: ToldKind): Value<'JobLog'> {
  const { name, originalName, ...identity } = identityOf(job)
  const { successes, errors, warnings, total, started, ended } = job
  return {
    ...identity,
    jobName: name,
    originalJobName: originalName,
    logType: kind.logType,
    jobSubType: '',
    startDate: started === undefined ? undefined : new Date(started),
    endDate: ended === undefined ? undefined : new Date(ended),
    description: job.description ?? '',
    fileSuccessCount: successes,
    fileErrorCount: errors,
    fileWarningCount: warnings,
    fileDuplicateCount: 0,
    fileUpdateCount: 0,
    totalFileCount: total,
    transferSuccessCount: 0,
    transferErrorCount: 0,
    transferWarningCount: 0,
    fatalError: job.isFatal,
  }
}

/** Tells a line of a log. */
export function tellLine({ type, message, created, asset }: KeptJobLine): Value<'JobLogDetail'> {
  return {
    logMessage: message,
    logType: type,
    dateCreated: new Date(created),
    ...(asset && {
      assetName: asset.name,
      assetType: asset.type,
      assetHandle: `a|${asset.number}`,
    }),
  }
}
