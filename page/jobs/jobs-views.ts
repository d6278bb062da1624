import type { TemplateResult } from 'lit'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { jobListView } from './job-list-view.ts'
import { jobView } from './job-view.ts'

/** The view of jobs that an address names. */
export function jobsViewOf(
  state: State,
  store: Store,
  route: Extract<Route, { view: 'jobs' | 'job' }>,
): TemplateResult {
  return route.view === 'jobs' ? jobListView(state, store) : jobView(state, store, route)
}
