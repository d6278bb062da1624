import { type Job, toMilliseconds } from './job.ts'
import { titleOfJob } from './job-title.ts'
import type { JobFilter, JobsState } from './jobs-state.ts'

/** Puts jobs among those that are known, newest first; of one that is known this is news. */
export function mergeJobs(known: readonly Job[], news: readonly Job[]): readonly Job[] {
  const told = new Set(news.map(({ id }) => id))
  // Times are told to the second: within one the order is that in which they came, and what was not known is newer.
  return [...news, ...known.filter(({ id }) => !told.has(id))].toSorted(
    (one, other) => toMilliseconds(other.created_at) - toMilliseconds(one.created_at),
  )
}

/** Takes in what has become of one job; one that is known stays where it is. */
export function withJob(known: readonly Job[], job: Job): readonly Job[] {
  const at = known.findIndex(({ id }) => id === job.id)
  return at === -1 ? mergeJobs(known, [job]) : known.with(at, job)
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
    known: ordered.toSorted(
      (one, other) => toMilliseconds(other.created_at) - toMilliseconds(one.created_at),
    ),
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
