import type { TemplateResult } from 'lit'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { draftView } from './draft/draft-view.ts'
import { exportListView } from './export-list-view.ts'
import { exportView } from './export-view.ts'
import './exports.css'

/** The view of exports that an address names. */
export function exportsViewOf(
  state: State,
  store: Store,
  route: Extract<Route, { view: 'exports' | 'export' | 'newExport' }>,
): TemplateResult {
  if (route.view === 'export') return exportView(state, store, route)
  return route.view === 'exports'
    ? exportListView(state, store)
    : draftView(state, store, route.folder ?? '')
}
