import type { TemplateResult } from 'lit'
import { createLateView } from '../late-view.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import '../schema-form/composition.css'
import './composer.css'

const late = createLateView(() => import('./composer-view.ts'), {
  loading: strings.composer.loading,
  notLoaded: strings.exports.notLoaded,
})

/** The composer of jobs, which is only loaded when it is first seen. */
export function lateComposerView(state: State, store: Store): TemplateResult {
  return late(store, ({ composerView }) => composerView(state, store))
}
