import type { TemplateResult } from 'lit'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { assetView } from './catalogue/asset-view.ts'
import { catalogueView } from './catalogue/catalogue-view.ts'
import { labView } from './lab/lab-view.ts'
import { presetsView } from './presets/presets-view.ts'
import './images.css'

/** The view of pictures that an address names. */
export function imagesViewOf(
  state: State,
  store: Store,
  route: Extract<Route, { view: 'images' | 'asset' | 'image' | 'presets' }>,
): TemplateResult {
  if (route.view === 'image') return labView(state, store, route)
  if (route.view === 'presets') return presetsView(state, store, route)
  return route.view === 'asset'
    ? assetView(state, store, route)
    : catalogueView(state, store, route)
}
