import type { TemplateResult } from 'lit'
import { createLateView } from '../late-view.ts'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'

const late = createLateView(() => import('./images-views.ts'), strings.images)

/** A view of pictures, which is only loaded when one is first seen. */
export function lateImagesView(
  state: State,
  store: Store,
  route: Extract<Route, { view: 'images' | 'asset' | 'image' | 'presets' }>,
): TemplateResult {
  return late(store, ({ imagesViewOf }) => imagesViewOf(state, store, route))
}
