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
  readonly runner: Pick<JobRunner, 'interrupt'>
  readonly mails: Pick<JobMails, 'wake'>
  readonly schedules: ScheduleStore
  readonly kinds: JobKinds
  readonly told: ToldKinds
  readonly directory: Directory
  readonly now: () => number
}) {
  const { store, schedules, runner, mails, kinds, told, directory, now } = options

  async function demand(company: string, handle: string): Promise<IpsJob> {
    const number = numberOfJob(handle)
    const job = number === undefined ? undefined : await store.find(number)
    if (job?.company === company) return job
    throw new IpsFault(
      'invalidParameter',
      `There is no job with the handle ${JSON.stringify(handle.slice(0, 60))} in ${company}.`,
    )
  }

  /** Refuses what is done to jobs that are not done. */
  async function demandOpen(company: string, handle: string): Promise<IpsJob> {
    const job = await demand(company, handle)
    if (job.state !== 'done') return job
    throw new IpsFault('invalidParameter', `The job ${handle} is done.`)
  }

  /** The job that was made of one with a schedule. */
  async function demandRun({ number, schedule }: IpsJob): Promise<IpsJob> {
    const run = await schedules.openRun(number)
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
  }

  async function isBlocked({ number, schedule }: IpsJob): Promise<boolean> {
    return schedule !== undefined && (await schedules.openRun(number)) !== undefined
  }

  /** Jobs in a state, with their kinds, of which a request may name one. */
  async function list(
    company: string,
    states: readonly JobState[],
    {
      jobHandle,
      originalName,
    }: { jobHandle?: string | undefined; originalName?: string | undefined },
  ): Promise<readonly (readonly [IpsJob, ToldKind])[]> {
    const all = await Promise.all(states.map((state) => store.list(company, state)))
    return all
      .flat()
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
    async submitJob(takes, { company, origin, user, signal }) {
      const submission = await readSubmission(takes, kinds, { company, origin, signal }, now())
      const { email } = await demandKnownUser(directory, user, takes.userHandle)
      const job = await store.add({ ...submission, company, email })
      return { jobHandle: handleOfJob(job) }
    },
    async getActiveJobs(takes, { company }) {
      const all = await list(company, ['running', 'open', 'waiting'], takes)
      const jobs = all.filter(([job]) => takes.includeWaitingJobs === true || !isScheduled(job))
      return { jobArray: jobs.map(([job, kind]) => tellActiveJob(job, kind)) }
    },
    async getScheduledJobs(takes, { company }) {
      const all = await list(company, ['waiting'], takes)
      const jobs = all.filter(([job]) => isScheduled(job))
      const jobArray = await Promise.all(
        jobs.map(async ([job, kind]) => tellScheduledJob(job, kind, await isBlocked(job))),
      )
      return { jobArray }
    },
    async stopJob({ jobHandle }, { company, user }) {
      const job = await demandOpen(company, jobHandle)
      await stop(job.schedule === undefined ? job : await demandRun(job), user)
      return {}
    },
    async pauseJob({ jobHandle }, { company }) {
      const { number, state } = await demandOpen(company, jobHandle)
      if (state === 'open') {
        throw new IpsFault(
          'invalidParameter',
          `The job ${jobHandle} waits for files of its client, so it cannot be paused.`,
        )
      }
      await store.pause(number, true)
      await runner.interrupt(number, undefined)
      return {}
    },
    async resumeJob({ jobHandle }, { company }) {
      const { number, isPaused, schedule } = await demandOpen(company, jobHandle)
      // Nobody wanted the times meanwhile.
      const next =
        isPaused && schedule !== undefined ? readSchedule(schedule).next(now()) : undefined
      if (next !== undefined) await schedules.setDue(number, next)
      await store.pause(number, false)
      return {}
    },
    async executeJob({ jobHandle }, { company }) {
      const { number, state, schedule } = await demandOpen(company, jobHandle)
      if (schedule !== undefined) {
        if (!(await schedules.runOnce(number))) {
          throw new IpsFault(
            'invalidParameter',
            `The job ${jobHandle} is run already, as getActiveJobs tells.`,
          )
        }
      } else if (state === 'waiting') await store.hurry(number)
      return {}
    },
    async deleteJob({ jobHandle }, { company, user }) {
      const { number } = await demand(company, jobHandle)
      await runner.interrupt(number, `${user.email} has deleted the job.`)
      await store.remove(number)
      return {}
    },
  } satisfies Partial<Handlers>
}

/** Whether somebody has to wait for more than its turn. */
function isScheduled({ state, execTime, isPaused }: IpsJob): boolean {
  return state === 'waiting' && (isPaused || execTime !== undefined)
}
