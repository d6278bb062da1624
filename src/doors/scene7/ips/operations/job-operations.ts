import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { IpsJob, JobState } from '../jobs/ips-job.ts'
import type { JobKind, JobKinds } from '../jobs/job-kind.ts'
import type { JobMails } from '../jobs/job-mails.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { JobStore } from '../jobs/job-store.ts'
import { readSubmission } from '../jobs/submission.ts'
import { handleOfJob, tellActiveJob, tellScheduledJob } from '../jobs/told-jobs.ts'
import type { Directory } from '../users/directory.ts'
import { demandKnownUser } from '../users/known-user.ts'

/** submitJob, what is told of jobs that are not done, and what is done to them. */
export function createJobOperations(options: {
  readonly store: JobStore
  readonly runner: JobRunner
  readonly mails: Pick<JobMails, 'wake'>
  readonly kinds: JobKinds
  readonly directory: Directory
}) {
  const { store, runner, mails, kinds, directory } = options

  function demand(company: string, handle: string): IpsJob {
    const number = /^j\|(\d{1,15})$/.exec(handle)?.[1]
    const job = number === undefined ? undefined : store.find(Number(number))
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

  /** Jobs in a state, with their kinds, of which a request may name one. */
  function list(
    company: string,
    states: readonly JobState[],
    {
      jobHandle,
      originalName,
    }: { jobHandle?: string | undefined; originalName?: string | undefined },
  ): readonly (readonly [IpsJob, JobKind])[] {
    return states
      .flatMap((state) => store.list(company, state))
      .filter(
        (job) =>
          (jobHandle === undefined || handleOfJob(job) === jobHandle) &&
          (originalName === undefined || job.name === originalName),
      )
      .flatMap((job) => {
        const kind = kinds.get(job.kind)
        return kind ? [[job, kind] as const] : []
      })
  }

  return {
    async submitJob(takes, { company, origin, user }) {
      const submission = readSubmission(takes, kinds, { company, origin })
      const { email } = demandKnownUser(directory, user, takes.userHandle)
      const job = await store.add({ ...submission, company, email })
      runner.wake()
      return { jobHandle: handleOfJob(job) }
    },
    getActiveJobs(takes, { company }) {
      const jobs = list(company, ['running', 'waiting'], takes).filter(
        ([job]) => takes.includeWaitingJobs === true || !isScheduled(job),
      )
      return { jobArray: jobs.map(([job, kind]) => tellActiveJob(job, kind)) }
    },
    getScheduledJobs(takes, { company }) {
      const jobs = list(company, ['waiting'], takes).filter(([job]) => isScheduled(job))
      return { jobArray: jobs.map(([job, kind]) => tellScheduledJob(job, kind)) }
    },
    async stopJob({ jobHandle }, { company, user }) {
      const { number, state } = demandOpen(company, jobHandle)
      const message = `${user.email} has stopped the job.`
      if (state === 'running') await runner.interrupt(number, message)
      else {
        await store.end(number, true, { type: 'FatalError', message })
        mails.wake()
      }
      return {}
    },
    async pauseJob({ jobHandle }, { company }) {
      const { number } = demandOpen(company, jobHandle)
      await runner.interrupt(number, undefined)
      await store.pause(number, true)
      return {}
    },
    async resumeJob({ jobHandle }, { company }) {
      await store.pause(demandOpen(company, jobHandle).number, false)
      runner.wake()
      return {}
    },
    async executeJob({ jobHandle }, { company }) {
      const { number, state } = demandOpen(company, jobHandle)
      if (state === 'waiting') await store.hurry(number)
      runner.wake()
      return {}
    },
    async deleteJob({ jobHandle }, { company, user }) {
      const { number } = demand(company, jobHandle)
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
