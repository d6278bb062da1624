import { UploadFault } from './upload-fault.ts'

/** Jobs that uploads belong to, until they end or nobody goes on with them. */
export interface UploadJobs {
  /**
   * Goes on with a job, or begins one.
   *
   * @returns its handle
   * @throws {@link UploadFault} when there is no such job
   */
  readonly take: (handle: string | undefined) => string
  readonly end: (handle: string) => void
}

/** After this a job that got no more files ends by itself, in milliseconds. */
const IDLE_MS = 30 * 60_000

/** @param now - the clock, in milliseconds of the epoch */
export function createUploadJobs(company: string, now: () => number): UploadJobs {
  const used = new Map<string, number>()
  let count = 0

  return {
    take(handle) {
      for (const [each, at] of used) if (now() - at > IDLE_MS) used.delete(each)
      if (handle !== undefined && !used.has(handle)) {
        throw new UploadFault(
          'invalidParameter',
          `There is no upload with the jobHandle ${JSON.stringify(handle.slice(0, 100))}, or it has ended.`,
        )
      }
      count += 1
      const taken = handle ?? `j|${company}||uploadFileServlet-${now()}|${count}`
      used.set(taken, now())
      return taken
    },
    end: (handle) => void used.delete(handle),
  }
}
