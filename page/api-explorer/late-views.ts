import type { TemplateResult } from 'lit'
import { createLateView } from '../late-view.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import '../schema-form/composition.css'
import './api.css'

const late = createLateView(() => import('./api-view.ts'), {
  loading: strings.api.loading,
  notLoaded: strings.exports.notLoaded,
})

/** The calls of the jobs API, which are only loaded when they are first seen. */
export function lateApiView(state: State, store: Store): TemplateResult {
  return late(store, ({ apiView }) => apiView(state, store))
}
