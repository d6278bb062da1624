import { html, type TemplateResult } from 'lit'
import type { Route } from '../router.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'

/** The addresses of the views of pictures. */
type ImagesRoute = Extract<Route, { view: 'images' | 'asset' | 'image' | 'presets' }>

let views: typeof import('./images-views.ts') | undefined
let state: 'not asked for' | 'on the way' | 'failed' = 'not asked for'

/** A view of pictures, which is only loaded when one is first seen. */
export function lateImagesView(current: State, store: Store, route: ImagesRoute): TemplateResult {
  if (views !== undefined) return views.imagesViewOf(current, store, route)
  if (state === 'not asked for') void load(store)
  return state === 'failed'
    ? html`<p>${strings.images.notLoaded}</p>`
    : html`<p class="late">${strings.images.loading}</p>`
}

async function load(store: Store): Promise<void> {
  state = 'on the way'
  try {
    views = await import('./images-views.ts')
  } catch {
    state = 'failed'
  }
  store.change({})
}
