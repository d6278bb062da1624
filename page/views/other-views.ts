import type { TemplateResult } from 'lit'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { actionsView } from './actions-view.ts'
import { caseView } from './case.ts'
import { casesView } from './cases-view.ts'
import { renditionView } from './rendition.ts'

/** Where what is not of the first view is shown: a rendition, test cases and actions. */
export type OtherRoute =
  | Extract<Route, { view: 'cases' | 'case' | 'actions' }>
  | { readonly view: 'rendition'; readonly id: string; readonly position: number }

/** The view that an address names. */
export function otherViewOf(state: State, store: Store, route: OtherRoute): TemplateResult {
  if (route.view === 'cases') return casesView(state, store)
  if (route.view === 'case') return caseView(state, store, route)
  return route.view === 'actions' ? actionsView(state, store) : renditionView(state, store, route)
}
