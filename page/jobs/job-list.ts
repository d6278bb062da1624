import { titleOfJob } from './job-title.ts'
import { type Job, toMilliseconds } from './job.ts'
import type { JobFilter, JobsState } from './jobs-state.ts'

/** How many jobs are asked for at a time. */
export const JOBS_PER_PAGE = 50

/** So many are known at most unless more were asked for; a service may make thousands while one looks. */
const MOST_KNOWN = 1000

/** Newest first. Times are told to the second: within one the order stays. */
function sorted(jobs: readonly Job[]): readonly Job[] {
  return jobs.toSorted(
    (one, other) => toMilliseconds(other.created_at) - toMilliseconds(one.created_at),
  )
}

/**
 * Takes in what has become of one job: one that is known stays where it is, another one is the newest of its second. The
 * oldest ones go when there are too many.
 */
export function withJob(
  { known, listed }: Pick<JobsState, 'known' | 'listed'>,
  job: Job,
): Pick<JobsState, 'known' | 'listed'> {
  const at = known.findIndex(({ id }) => id === job.id)
  if (at !== -1) return { known: known.with(at, job), listed }
  const all = sorted([job, ...known])
  const most = Math.max(MOST_KNOWN, (listed?.pages ?? 0) * JOBS_PER_PAGE)
  if (all.length <= most) return { known: all, listed }
  const kept = all.slice(0, most)
  const pages = Math.floor(most / JOBS_PER_PAGE)
  return { known: kept, listed: { pages, more: true, end: kept.at(-1)?.id } }
}

/** Takes in a page of the list, in its order. */
export function withJobPage(
  { known, listed }: Pick<JobsState, 'known' | 'listed'>,
  page: { readonly jobs: readonly Job[]; readonly more: boolean; readonly number: number },
): Pick<JobsState, 'known' | 'listed'> {
  const { jobs, more, number } = page
  const told = new Set(jobs.map(({ id }) => id))
  const others = known.filter(({ id }) => !told.has(id))
  // What comes after others of the same second is older than they are.
  const ordered = number === 1 ? [...jobs, ...others] : [...others, ...jobs]
  return {
    known: sorted(ordered),
    listed: { pages: number, more, end: jobs.at(-1)?.id ?? listed?.end },
  }
}

/** The jobs that the list shows: those that fit, down to where it was asked for. */
export function listedJobs({ known, filter, listed }: JobsState): readonly Job[] {
  const end = known.findIndex(({ id }) => id === listed?.end)
  const within = listed?.more !== true || end === -1 ? known : known.slice(0, end + 1)
  return within.filter((job) => fits(job, filter))
}

function fits(job: Job, { status, tag, text }: JobFilter): boolean {
  if (status !== '' && job.status !== status) return false
  if (tag !== '' && job.tag !== tag) return false
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return true
  const { id, tasks = [] } = job
  return [
    id,
    job.tag ?? '',
    titleOfJob(job),
    ...tasks.flatMap((task) => [task.id, task.name ?? '', task.operation]),
  ].some((each) => each.toLowerCase().includes(wanted))
}

/** How many of the tasks of a job have come how far. */
export function countTasks({ tasks = [] }: Job): {
  readonly total: number
  readonly finished: number
  readonly failed: number
} {
  return {
    total: tasks.length,
    finished: tasks.filter(({ status }) => status === 'finished').length,
    failed: tasks.filter(({ status }) => status === 'error').length,
  }
}
