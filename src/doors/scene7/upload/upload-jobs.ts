import { IpsFault } from '../ips/ips-fault.ts'
import type { FileOutcome, IpsJob, JobLine } from '../ips/jobs/ips-job.ts'
import type { JobStore, NewJob } from '../ips/jobs/job-store.ts'
import { handleOfJob, numberOfJob } from '../ips/jobs/told-jobs.ts'
import { tellUnused, type UploadOptions } from '../ips/uploads/upload-options.ts'
import { UPLOAD_POST_JOB, uploadPostSchema } from '../ips/uploads/upload-post-job.ts'
import type { IdleUploads } from './idle-uploads.ts'

/** Who uploads. */
export interface Uploader {
  readonly company: string
  readonly email: string
  /** Of the client, as far as it is known: all of a job comes from one. */
  readonly address: string | undefined
}

/** A job that takes files, while a request has to do with it. */
export interface UploadJob {
  readonly handle: string
  /** Those of the request that it was begun with. */
  readonly options: UploadOptions
  /** Logs what has become of a file. */
  readonly tally: (outcome: FileOutcome, line: JobLine) => Promise<void>
  /** Lets go of it; it ends if this was the last request, and no other one has to do with it. */
  readonly release: (isLast: boolean) => Promise<void>
}

/** Jobs that uploads belong to, until their clients end them or nobody goes on with them. */
export interface UploadJobs {
  readonly begin: (
    job: Pick<NewJob, 'name' | 'description' | 'locale'> & { readonly options: UploadOptions },
    uploader: Uploader,
  ) => Promise<UploadJob>
  /** @throws {@link IpsFault} when there is no such job, it has ended, or it is another client's */
  readonly goOn: (handle: string, uploader: Uploader) => Promise<UploadJob>
  /** Ends those that got no more files for half an hour. */
  readonly sweep: () => Promise<void>
}

/** After this a job that got no more files ends by itself, in milliseconds. */
const IDLE_MS = 30 * 60_000

/**
 * @param options.onEnd - called when one has ended
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createUploadJobs({
  store,
  idle,
  onEnd,
  now,
}: {
  readonly store: JobStore
  readonly idle: IdleUploads
  readonly onEnd: () => void
  readonly now: () => number
}): UploadJobs {
  /** How many requests have to do with a job, and whether one of them was its last. */
  const held = new Map<number, { requests: number; isLast: boolean }>()

  async function end(number: number): Promise<void> {
    const { successes = 0, errors = 0 } = (await store.find(number)) ?? {}
    const message = `${successes} of ${successes + errors} files are uploaded.`
    await store.end(number, false, { type: 'EndUpload', message })
    onEnd()
  }

  function hold(job: IpsJob): UploadJob {
    const { number } = job
    const holding = held.get(number) ?? { requests: 0, isLast: false }
    holding.requests += 1
    held.set(number, holding)
    return {
      handle: handleOfJob(job),
      options: uploadPostSchema.parse(job.details).options,
      tally: (outcome, line) => store.tally(number, outcome, line),
      async release(isLast) {
        holding.requests -= 1
        holding.isLast ||= isLast
        if (holding.requests > 0) return
        held.delete(number)
        if (holding.isLast) await end(number)
      },
    }
  }

  return {
    async begin({ options, ...named }, { company, email, address }) {
      const job = await store.open({
        ...named,
        company,
        email,
        kind: UPLOAD_POST_JOB,
        details: { options, address },
        execTime: undefined,
        schedule: undefined,
      })
      const unused = tellUnused(options)
      if (unused) await store.log(job.number, unused)
      return hold(job)
    },
    async goOn(handle, { company, email, address }) {
      const number = numberOfJob(handle)
      const job = number === undefined ? undefined : await store.find(number)
      const isTheirs = job?.state === 'open' && job.company === company && job.email === email
      if (!isTheirs || held.get(job.number)?.isLast) {
        throw new IpsFault(
          'invalidParameter',
          `There is no upload with the jobHandle ${JSON.stringify(handle.slice(0, 100))}, or it has ended.`,
        )
      }
      if (uploadPostSchema.parse(job.details).address !== address) {
        throw new IpsFault(
          'invalidParameter',
          'All files of an upload must come from the address that it was begun from.',
        )
      }
      return hold(job)
    },
    async sweep() {
      // Other front ends do not know what is held here.
      await idle.touch([...held.keys()])
      const all = await idle.since(now() - IDLE_MS)
      for (const number of all) if (!held.has(number)) await end(number)
    },
  }
}
