import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { IpsJob, JobState } from '../jobs/ips-job.ts'
import type { JobKinds, ToldKind, ToldKinds } from '../jobs/job-kind.ts'
import type { JobMails } from '../jobs/job-mails.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { JobStore } from '../jobs/job-store.ts'
import type { ScheduleStore } from '../jobs/schedule-store.ts'
import { readSubmission } from '../jobs/submission.ts'
import { handleOfJob, numberOfJob, tellActiveJob, tellScheduledJob } from '../jobs/told-jobs.ts'
import { readSchedule } from '../schedules/schedule.ts'
import type { Directory, IpsUser } from '../users/directory.ts'
import { demandKnownUser } from '../users/known-user.ts'

/**
 * submitJob, what is told of jobs that are not done, and what is done to them.
 *
 * @param options.kinds - what may be submitted, and `told` what there may be
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createJobOperations(options: {
  readonly store: JobStore
  readonly runner: JobRunner
  readonly mails: Pick<JobMails, 'wake'>
  readonly schedules: ScheduleStore
  readonly kinds: JobKinds
  readonly told: ToldKinds
  readonly directory: Directory
  readonly now: () => number
}) {
  const { store, schedules, runner, mails, kinds, told, directory, now } = options

  function demand(company: string, handle: string): IpsJob {
    const number = numberOfJob(handle)
    const job = number === undefined ? undefined : store.find(number)
    if (job?.company === company) return job
    throw new IpsFault(
      'invalidParameter',
      `There is no job with the handle ${JSON.stringify(handle.slice(0, 60))} in ${company}.`,
    )
  }

  /** Refuses what is done to jobs that are not done. */
  function demandOpen(company: string, handle: string): IpsJob {
    const job = demand(company, handle)
    if (job.state !== 'done') return job
    throw new IpsFault('invalidParameter', `The job ${handle} is done.`)
  }

  /** The job that was made of one with a schedule. */
  function demandRun({ number, schedule }: IpsJob): IpsJob {
    const run = schedules.openRun(number)
    if (run) return run
    throw new IpsFault(
      'invalidParameter',
      `The job j|${number} is not run now, so there is nothing to stop; deleteJob ends its schedule ${JSON.stringify(schedule)}.`,
    )
  }

  async function stop({ number }: IpsJob, { email }: IpsUser): Promise<void> {
    const message = `${email} has stopped the job.`
    await runner.interrupt(number, message)
    // One that did not run has not ended yet.
    await store.end(number, true, { type: 'FatalError', message })
    mails.wake()
    runner.wake()
  }

  function isBlocked({ number, schedule }: IpsJob): boolean {
    return schedule !== undefined && schedules.openRun(number) !== undefined
  }

  /** Jobs in a state, with their kinds, of which a request may name one. */
  function list(
    company: string,
    states: readonly JobState[],
    {
      jobHandle,
      originalName,
    }: { jobHandle?: string | undefined; originalName?: string | undefined },
  ): readonly (readonly [IpsJob, ToldKind])[] {
    return states
      .flatMap((state) => store.list(company, state))
      .filter(
        (job) =>
          (jobHandle === undefined || handleOfJob(job) === jobHandle) &&
          (originalName === undefined || job.name === originalName),
      )
      .flatMap((job) => {
        const kind = told.get(job.kind)
        return kind ? [[job, kind] as const] : []
      })
  }

  return {
    async submitJob(takes, { company, origin, user }) {
      const submission = readSubmission(takes, kinds, { company, origin }, now())
      const { email } = demandKnownUser(directory, user, takes.userHandle)
      const job = await store.add({ ...submission, company, email })
      runner.wake()
      return { jobHandle: handleOfJob(job) }
    },
    getActiveJobs(takes, { company }) {
      const jobs = list(company, ['running', 'open', 'waiting'], takes).filter(
        ([job]) => takes.includeWaitingJobs === true || !isScheduled(job),
      )
      return { jobArray: jobs.map(([job, kind]) => tellActiveJob(job, kind)) }
    },
    getScheduledJobs(takes, { company }) {
      const jobs = list(company, ['waiting'], takes).filter(([job]) => isScheduled(job))
      return { jobArray: jobs.map(([job, kind]) => tellScheduledJob(job, kind, isBlocked(job))) }
    },
    async stopJob({ jobHandle }, { company, user }) {
      const job = demandOpen(company, jobHandle)
      await stop(job.schedule === undefined ? job : demandRun(job), user)
      return {}
    },
    async pauseJob({ jobHandle }, { company }) {
      const { number, state } = demandOpen(company, jobHandle)
      if (state === 'open') {
        throw new IpsFault(
          'invalidParameter',
          `The job ${jobHandle} waits for files of its client, so it cannot be paused.`,
        )
      }
      await runner.interrupt(number, undefined)
      await store.pause(number, true)
      return {}
    },
    async resumeJob({ jobHandle }, { company }) {
      const { number, isPaused, schedule } = demandOpen(company, jobHandle)
      // Nobody wanted the times meanwhile.
      const next =
        isPaused && schedule !== undefined ? readSchedule(schedule).next(now()) : undefined
      if (next !== undefined) await schedules.setDue(number, next)
      await store.pause(number, false)
      runner.wake()
      return {}
    },
    async executeJob({ jobHandle }, { company }) {
      const { number, state, schedule } = demandOpen(company, jobHandle)
      if (schedule !== undefined) {
        if (!(await schedules.runOnce(number))) {
          throw new IpsFault(
            'invalidParameter',
            `The job ${jobHandle} is run already, as getActiveJobs tells.`,
          )
        }
      } else if (state === 'waiting') await store.hurry(number)
      runner.wake()
      return {}
    },
    async deleteJob({ jobHandle }, { company, user }) {
      const { number } = demand(company, jobHandle)
      await runner.interrupt(number, `${user.email} has deleted the job.`)
      await store.remove(number)
      runner.wake()
      return {}
    },
  } satisfies Partial<Handlers>
}

/** Whether somebody has to wait for more than its turn. */
function isScheduled({ state, execTime, isPaused }: IpsJob): boolean {
  return state === 'waiting' && (isPaused || execTime !== undefined)
}
