import { html, type TemplateResult } from 'lit'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { jobWords } from './job-words.ts'
import './jobs.css'

/** The addresses of the views of jobs. */
type JobsRoute = Extract<Route, { view: 'jobs' | 'job' }>

let views: typeof import('./jobs-views.ts') | undefined
let state: 'not asked for' | 'on the way' | 'failed' = 'not asked for'

/** A view of jobs, which is only loaded when one is first seen. */
export function lateJobsView(current: State, store: Store, route: JobsRoute): TemplateResult {
  if (views !== undefined) return views.jobsViewOf(current, store, route)
  if (state === 'not asked for') void load(store)
  return state === 'failed'
    ? html`<p>${jobWords.notLoaded}</p>`
    : html`<p class="late">${jobWords.loading}</p>`
}

async function load(store: Store): Promise<void> {
  state = 'on the way'
  try {
    views = await import('./jobs-views.ts')
  } catch {
    state = 'failed'
  }
  store.change({})
}
