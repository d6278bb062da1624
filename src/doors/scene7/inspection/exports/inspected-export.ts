import path from 'node:path'
import { readKeptDetails } from '../../ips/exports/export-details.ts'
import { urlOfExport } from '../../ips/exports/export-routes.ts'
import type { KeptExport } from '../../ips/exports/kept-exports.ts'
import type { IpsJob, JobState } from '../../ips/jobs/ips-job.ts'

/** The kind of the jobs that the developer page shows as exports. */
export const EXPORT_KIND = 'exportJob'

/** A job that exports, as the developer page shows it. Times are milliseconds of the epoch. */
export interface InspectedExport extends Pick<
  IpsJob,
  | 'number'
  | 'company'
  | 'name'
  | 'isPaused'
  | 'isFatal'
  | 'submitted'
  | 'execTime'
  | 'started'
  | 'ended'
  | 'total'
  | 'successes'
  | 'errors'
  | 'warnings'
> {
  /** It takes no files from its client, so it is never open. */
  readonly state: Exclude<JobState, 'open'>
  /** Of who has submitted it. */
  readonly by: string
  readonly handles: readonly string[]
  readonly fmt: 'orig' | 'convert'
  /** Commands of Image Serving, and the preset behind them. */
  readonly modifier: string | undefined
  readonly macro: string | undefined
  readonly emailSetting: string
  /** Once there is one; its path is where whoever knows it fetches it until it expires. */
  readonly zip:
    | { readonly path: string; readonly name: string; readonly expires: number }
    | undefined
}

/**
 * Tells of a job that exports.
 *
 * @param made - its ZIP, once there is one
 */
export function inspectExport(job: IpsJob, made: KeptExport | undefined): InspectedExport {
  const { email, kind, details, locale, description, schedule, scheduledBy, state, ...told } = job
  const {
    assetHandleArray,
    fmt,
    is_modifier: modifier,
    macro,
    emailSetting,
  } = readKeptDetails(details)
  const kept = job.state === 'done' ? made : undefined
  return {
    ...told,
    state: state === 'open' ? 'running' : state,
    by: email,
    handles: assetHandleArray,
    fmt,
    modifier,
    macro,
    emailSetting,
    zip: kept && {
      path: urlOfExport('', kept),
      name: path.basename(kept.name),
      expires: kept.expires,
    },
  }
}
