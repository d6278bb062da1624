import type { TemplateResult } from 'lit'
import { createLateView } from '../late-view.ts'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'

const late = createLateView(() => import('./exports-views.ts'), strings.exports)

/** A view of exports, which is only loaded when one is first seen. */
export function lateExportsView(
  state: State,
  store: Store,
  route: Extract<Route, { view: 'exports' | 'export' | 'newExport' }>,
): TemplateResult {
  return late(store, ({ exportsViewOf }) => exportsViewOf(state, store, route))
}
