import type { TemplateResult } from 'lit'
import { createLateView } from '../late-view.ts'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { jobWords } from './job-words.ts'
import './jobs.css'

const late = createLateView(() => import('./jobs-views.ts'), jobWords)

/** A view of jobs, which is only loaded when one is first seen. */
export function lateJobsView(
  state: State,
  store: Store,
  route: Extract<Route, { view: 'jobs' | 'job' }>,
): TemplateResult {
  return late(store, ({ jobsViewOf }) => jobsViewOf(state, store, route))
}
