import { html, nothing, type TemplateResult } from 'lit'
import type { Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { strings } from '../../strings.ts'
import { imageUrl } from '../image-url.ts'
import { imagesHead } from '../images-head.ts'

/** A picture as its URL asks for it. */
export function labView(
  _state: State,
  _store: Store,
  { object, commands }: Extract<Route, { view: 'image' }>,
): TemplateResult {
  return html`${imagesHead(strings.images.image, 'image')}
    ${object === undefined ? nothing : html`<img src=${imageUrl(object, commands)} alt=${object} />`}`
}
