import * as z from 'zod/mini'
import { jobSchema, taskSchema } from '../../src/doors/jobs/api/wire-schemas.ts'
import { type JobDetail, jobAgainSchema, jobDetailSchema } from '../../src/doors/page/api.ts'
import { attempt, messageOf } from '../commands/notices.ts'
import { onceMore } from '../commands/once-more.ts'
import { addressOf } from '../router.ts'
import { ask, RefusedError, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { JOBS_PER_PAGE, withJob, withJobPage } from './job-list.ts'
import { isOpen, jobPageSchema, type KnownJob, type KnownTask, oneTaskSchema } from './job.ts'
import type { JobFilter, JobsState } from './jobs-state.ts'
import { viewWords } from './view-words.ts'

function change(store: Store, changes: Partial<JobsState>): void {
  store.change({ jobs: { ...store.state().jobs, ...changes } })
}

/** Asks for the newest jobs of those that the filter lets through. */
export async function loadJobs(store: Store): Promise<void> {
  await loadPage(store, 1)
}

/** Asks for those that come after what is listed. */
export async function loadMoreJobs(store: Store): Promise<void> {
  const { listed, loading } = store.state().jobs
  if (listed?.more === true && loading !== true) await loadPage(store, listed.pages + 1)
}

/** Lists other jobs. */
export async function filterJobs(store: Store, changes: Partial<JobFilter>): Promise<void> {
  const { filter } = store.state().jobs
  change(store, { filter: { ...filter, ...changes } })
  // Texts are only looked for in what is listed.
  if (changes.status !== undefined || changes.tag !== undefined) await loadPage(store, 1)
}

async function loadPage(store: Store, number: number): Promise<void> {
  const { filter } = store.state().jobs
  const query = new URLSearchParams({
    'filter[status]': filter.status,
    'filter[tag]': filter.tag,
    include: 'tasks',
    per_page: String(JOBS_PER_PAGE),
    page: String(number),
  })
  change(store, { loading: true })
  try {
    const { data, links } = await ask(jobPageSchema, `${urlOf('v2', 'jobs')}?${query}`)
    const current = store.state().jobs
    // Another filter was chosen meanwhile, and asks by itself.
    if (current.filter.status !== filter.status || current.filter.tag !== filter.tag) return
    const page = { jobs: data, more: links.next !== null, number }
    change(store, { ...withJobPage(current, page), problem: undefined, loading: false })
  } catch (error) {
    change(store, { problem: messageOf(error), loading: false })
  }
}

/** Takes in what an update says of a job. */
export function takeJob(store: Store, told: { readonly id: string }): void {
  const { jobs } = store.state()
  if (jobs.listed !== undefined) change(store, withJob(jobs, jobSchema.parse(told)))
  if (isLookedAt(store, told.id)) void loadJob(store)
}

/** Takes in that a job is gone. */
export function dropJob(store: Store, id: string): void {
  const { known, detail } = store.state().jobs
  change(store, {
    known: known.filter((job) => job.id !== id),
    detail: detail?.job.id === id ? undefined : detail,
  })
  if (isLookedAt(store, id)) change(store, { missing: { id, why: viewWords.job.gone } })
}

function isLookedAt(store: Store, id: string): boolean {
  const { route } = store.state()
  return route.view === 'job' && route.id === id
}

/** Asks for all that is known of the job that is looked at. */
export const loadJob = onceMore(loadLookedAtJob)

async function loadLookedAtJob(store: Store): Promise<void> {
  const { route } = store.state()
  if (route.view !== 'job') return
  const { id } = route
  try {
    const detail = toKnownJob(await ask(jobDetailSchema, urlOf('jobs', id)))
    change(store, { detail, missing: undefined })
  } catch (error) {
    const { detail } = store.state().jobs
    change(store, {
      detail: detail?.job.id === id ? undefined : detail,
      missing: { id, why: messageOf(error) },
    })
  }
}

function toKnownJob(detail: JobDetail): KnownJob {
  const job = jobSchema.parse(detail.job)
  const facts = new Map(detail.tasks.map((each) => [each.id, each]))
  const known = (tasks: readonly z.infer<typeof taskSchema>[]): KnownTask[] =>
    tasks.flatMap((task) => {
      const found = facts.get(task.id)
      return found === undefined ? [] : [{ task, facts: found }]
    })
  return {
    job,
    tasks: known(job.tasks ?? []),
    retries: known(z.array(taskSchema).parse(detail.retries)),
    deliveries: detail.deliveries,
  }
}

/** Ends the tasks of a job that have not ended, the last one first, so that each is said to have been cancelled. */
export async function cancelJob(store: Store, { tasks }: KnownJob): Promise<void> {
  await attempt(store, async () => {
    for (const { task } of tasks.filter((each) => isOpen(each.task)).toReversed()) {
      const url = urlOf('v2', 'tasks', task.id, 'cancel')
      await ask(oneTaskSchema, url, { method: 'POST' }).catch((error: unknown) => {
        // It has ended meanwhile; the others are still to be.
        if (!(error instanceof RefusedError)) throw error
      })
    }
  })
}

/** Ends a task. */
export async function cancelTask(store: Store, id: string): Promise<void> {
  await attempt(store, async () => {
    await ask(oneTaskSchema, urlOf('v2', 'tasks', id, 'cancel'), { method: 'POST' })
  })
}

/** Has a task done once more, and shows what becomes of it. */
export async function retryTask(store: Store, job: string, id: string): Promise<void> {
  await attempt(store, async () => {
    const { data } = await ask(oneTaskSchema, urlOf('v2', 'tasks', id, 'retry'), { method: 'POST' })
    location.hash = addressOf({ view: 'job', id: job, task: data.id })
  })
}

/** Has all tasks of a job done once more, as a new job, and shows that. */
export async function runJobAgain(store: Store, id: string): Promise<void> {
  await attempt(store, async () => {
    const again = await ask(jobAgainSchema, urlOf('jobs', id, 'again'), { method: 'POST' })
    location.hash = addressOf({ view: 'job', id: again.id })
  })
}

/** Deletes a job with its files, and goes back to the list. */
export async function deleteJob(store: Store, id: string): Promise<void> {
  await attempt(store, async () => {
    await ask(z.undefined(), urlOf('v2', 'jobs', id), { method: 'DELETE' })
    dropJob(store, id)
    location.hash = addressOf({ view: 'jobs' })
  })
}
