import { html, type TemplateResult } from 'lit'
import type { Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { strings } from '../../strings.ts'
import { imagesHead } from '../images-head.ts'

/** The assets of a folder as pictures. */
export function catalogueView(
  { images }: State,
  _store: Store,
  _route: Extract<Route, { view: 'images' }>,
): TemplateResult {
  return html`${imagesHead(strings.app.images, 'images')}
    <p>${images.problem ?? images.overview?.company ?? strings.images.loading}</p>`
}
