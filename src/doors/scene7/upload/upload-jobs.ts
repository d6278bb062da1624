import { IpsFault } from '../ips/ips-fault.ts'

/** Jobs that uploads belong to, until they end or nobody goes on with them. */
export interface UploadJobs {
  /**
   * Goes on with a job, or begins one.
   *
   * @param address - the client's, as far as it is known: all of a job comes from one
   * @returns its handle
   * @throws {@link IpsFault} when there is no such job, or it is another client's
   */
  readonly take: (handle: string | undefined, address: string | undefined) => string
  readonly end: (handle: string) => void
}

/** After this a job that got no more files ends by itself, in milliseconds. */
const IDLE_MS = 30 * 60_000

/** @param now - the clock, in milliseconds of the epoch */
export function createUploadJobs(company: string, now: () => number): UploadJobs {
  const jobs = new Map<string, { readonly usedAt: number; readonly address: string | undefined }>()
  let count = 0

  return {
    take(handle, address) {
      for (const [each, { usedAt }] of jobs) if (now() - usedAt > IDLE_MS) jobs.delete(each)
      const job = handle === undefined ? undefined : jobs.get(handle)
      if (handle !== undefined && !job) {
        throw new IpsFault(
          'invalidParameter',
          `There is no upload with the jobHandle ${JSON.stringify(handle.slice(0, 100))}, or it has ended.`,
        )
      }
      if (job && job.address !== address) {
        throw new IpsFault(
          'invalidParameter',
          'All files of an upload must come from the address that it was begun from.',
        )
      }
      count += 1
      const taken = handle ?? `j|${company}||uploadFileServlet-${now()}|${count}`
      jobs.set(taken, { usedAt: now(), address })
      return taken
    },
    end: (handle) => void jobs.delete(handle),
  }
}
