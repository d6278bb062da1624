import { setTimeout } from 'node:timers/promises'
import type { IpsClient } from '../scene7/ips-client.ts'
import type { ExportCall } from './export-options.ts'

/** A job of IPS as far as it is. */
export interface ExportProgress {
  readonly total: number
  readonly percent: number
}

/** How a job has ended. */
export interface EndedExport {
  /** Where the ZIP is; undefined when there is none. */
  readonly url: string | undefined
  /** A sentence each about what has failed, and about what cannot be exported and was left out. */
  readonly failures: readonly string[]
  readonly leftOut: readonly string[]
}

/** Between two looks at how far it is, in milliseconds. */
const LOOK_MS = 250

/** The lines of the log that say more than that all is well. */
const TOLD_LINES = ['GetFailure', 'FileCancel', 'FatalError', 'EndGet']

/** The most lines of an answer (r-get-job-log-details). */
const MOST_LINES = 1000

/**
 * Has assets exported.
 *
 * @param options.signal - stops the job
 * @throws {Error} one sentence when the service refuses the job, or it was deleted; the reason of the signal
 */
export async function runExport(
  client: IpsClient,
  call: Pick<ExportCall, 'fmt' | 'macro' | 'modifier' | 'name'>,
  options: {
    readonly company: string
    readonly handles: readonly string[]
    readonly onProgress: (progress: ExportProgress) => void
    readonly signal: AbortSignal
  },
): Promise<EndedExport> {
  const companyHandle = `c|${options.company}`
  const { signal } = options
  const { jobHandle } = await client.call('submitJob', {
    companyHandle,
    jobName: call.name,
    exportJob: {
      assetHandleArray: options.handles,
      fmt: call.fmt,
      is_modifier: call.modifier,
      macro: call.macro,
      emailSetting: 'None',
    },
  })
  const job = { companyHandle, jobHandle }
  try {
    for (;;) {
      const { jobArray } = await client.call('getActiveJobs', { ...job, includeWaitingJobs: true })
      const [active] = jobArray
      if (!active) return await readLog(client, job)
      options.onProgress({ total: options.handles.length, percent: active.progress })
      await setTimeout(LOOK_MS, undefined, { signal })
    }
  } catch (error) {
    if (!signal.aborted) throw error
    await client.call('stopJob', job).catch(() => undefined)
    throw signal.reason
  }
}

async function readLog(
  client: IpsClient,
  job: { companyHandle: string; jobHandle: string },
): Promise<EndedExport> {
  const lines: { type: string; message: string }[] = []
  for (let page = 1; ; page += 1) {
    const { jobLogArray } = await client.call('getJobLogDetails', {
      ...job,
      logTypeArray: TOLD_LINES,
      resultsPage: page,
    })
    const [log] = jobLogArray
    if (!log) throw new Error('The job was deleted while it ran.')
    const { detailArray = [] } = log
    for (const { logType, logMessage } of detailArray) {
      lines.push({ type: logType, message: logMessage })
    }
    if (detailArray.length < MOST_LINES) break
  }
  const ofTypes = (...types: string[]): string[] =>
    lines.filter(({ type }) => types.includes(type)).map(({ message }) => message)
  const [ready] = ofTypes('EndGet')
  return {
    url: ready && /https:\S+$/.exec(ready)?.[0],
    failures: ofTypes('GetFailure', 'FatalError'),
    leftOut: ofTypes('FileCancel'),
  }
}
