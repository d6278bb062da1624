import type { TemplateResult } from 'lit'
import { createLateView } from '../late-view.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import type { OtherRoute } from './other-views.ts'

const late = createLateView(() => import('./other-views.ts'), {
  loading: strings.app.loading,
  notLoaded: strings.exports.notLoaded,
})

/** A view of a rendition, of test cases or of the actions, which is only loaded when one is first seen. */
export function lateOtherView(state: State, store: Store, route: OtherRoute): TemplateResult {
  return late(store, ({ otherViewOf }) => otherViewOf(state, store, route))
}
