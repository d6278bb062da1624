import type { IpsAssets } from '../assets/ips-assets.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'
import type { IpsJob } from '../jobs/ips-job.ts'
import type { ToldKind, ToldKinds } from '../jobs/job-kind.ts'
import type { KeptJobLine } from '../jobs/job-row.ts'
import type { JobStore } from '../jobs/job-store.ts'
import { handleOfJob, tellJobLog, tellLine } from '../jobs/told-jobs.ts'
import type { Takes } from '../schema/signatures.ts'
import type { Directory } from '../users/directory.ts'
import { demandKnownUser } from '../users/known-user.ts'
import { chooseValue } from './choose-value.ts'

/** The most details of an answer (r-get-job-log-details). */
const MOST_DETAILS = 1000

/** What logs may be sorted by; all of an answer are of one company. */
const ORDERS: Readonly<Record<string, (job: IpsJob) => string | number>> = {
  StartDate: ({ started = 0 }) => started,
  JobName: ({ name }) => name,
  LogType: ({ kind }) => kind,
  CompanyName: ({ company }) => company,
  UserId: ({ email }) => email,
  Email: ({ email }) => email,
  FileErrorCount: ({ errors }) => errors,
  FileWarningCount: ({ warnings }) => warnings,
  FileSuccessCount: ({ successes }) => successes,
}

/** getJobLogs, getJobLogDetails and getAssetJobLogs: jobs that are done, and what they have logged. */
export function createJobLogOperations({
  store,
  kinds,
  directory,
  assets,
}: {
  readonly store: JobStore
  readonly kinds: ToldKinds
  readonly directory: Directory
  readonly assets: IpsAssets
}) {
  function withKinds(jobs: readonly IpsJob[]): readonly (readonly [IpsJob, ToldKind])[] {
    return jobs.flatMap((job) => {
      const kind = kinds.get(job.kind)
      return kind ? [[job, kind] as const] : []
    })
  }

  return {
    async getJobLogs(takes, { company, user }) {
      const { userHandle, startDate, endDate, numRows } = takes
      const by =
        userHandle === undefined ? undefined : await demandKnownUser(directory, user, userHandle)
      const done = await store.list(company, 'done')
      const jobs = done.filter(
        ({ started = 0, email }) =>
          (by === undefined || by.email === email) &&
          (startDate === undefined || started >= startDate.getTime()) &&
          (endDate === undefined || started <= endDate.getTime()),
      )
      const sorted = sortJobs(jobs, takes)
      const rows = numRows !== undefined && numRows > 0 ? sorted.slice(0, numRows) : sorted
      return { jobLogArray: withKinds(rows).map(([job, kind]) => tellJobLog(job, kind)) }
    },
    async getJobLogDetails(takes, { company }) {
      const { jobHandle, originalName } = takes
      if (jobHandle === undefined && originalName === undefined) {
        throw new IpsFault(
          'missingParameter',
          'getJobLogDetailsParam needs jobHandle or originalName, and has neither.',
        )
      }
      const done = await store.list(company, 'done')
      const jobs = done.filter(
        (job) =>
          (jobHandle === undefined || handleOfJob(job) === jobHandle) &&
          (originalName === undefined || job.name === originalName),
      )
      const jobLogArray = await Promise.all(
        withKinds(jobs).map(async ([job, kind]) => ({
          ...tellJobLog(job, kind),
          ...tellDetails(await store.linesOf(job.number), takes),
        })),
      )
      return { jobLogArray }
    },
    async getAssetJobLogs({ assetHandle }, { company }) {
      const { record } = await assets.demand(company, assetHandle)
      const about = await store.aboutAsset(record.number)
      return {
        jobLogArray: about.map(({ job, line }) => ({
          jobHandle: handleOfJob(job),
          jobName: job.name,
          logMessage: line.message,
          logType: line.type,
          submitUserEmail: job.email,
          logDate: new Date(line.created),
        })),
      }
    },
  } satisfies Partial<Handlers>
}

function sortJobs(
  jobs: readonly IpsJob[],
  { sortBy, sortDirection }: Takes<'getJobLogs'>,
): readonly IpsJob[] {
  const field = chooseValue('sortBy', sortBy, Object.keys(ORDERS)) ?? 'StartDate'
  const direction = chooseValue('sortDirection', sortDirection, ['Ascending', 'Descending'])
  // Without a word about it the newest are first.
  const isDescending = direction === undefined ? sortBy === undefined : direction === 'Descending'
  const sign = isDescending ? -1 : 1
  const read = ORDERS[field] ?? (() => 0)
  return jobs.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)]
    if (left === right) return sign * (a.number - b.number)
    return left < right ? -sign : sign
  })
}

function tellDetails(lines: readonly KeptJobLine[], takes: Takes<'getJobLogDetails'>) {
  const { logTypeArray = [], recordsPerPage = MOST_DETAILS, resultsPage = 1 } = takes
  const field = chooseValue('sortBy', takes.sortBy, ['Date', 'LogType'])
  const direction = chooseValue('sortDirection', takes.sortDirection, ['Ascending', 'Descending'])
  if (recordsPerPage < 0 || resultsPage < 1) {
    throw new IpsFault(
      'invalidParameter',
      `resultsPage counts from 1 and recordsPerPage from 0, and they are ${resultsPage} and ${recordsPerPage}.`,
    )
  }
  const found = lines.filter(({ type }) => logTypeArray.length === 0 || logTypeArray.includes(type))
  const sorted = field === 'LogType' ? found.toSorted((a, b) => (a.type < b.type ? -1 : 1)) : found
  const all = direction === 'Descending' ? sorted.toReversed() : sorted
  const size = Math.min(recordsPerPage, MOST_DETAILS)
  const rows = all.slice((resultsPage - 1) * size, resultsPage * size)
  return { detailTotalRows: all.length, detailArray: rows.map(tellLine) }
}
