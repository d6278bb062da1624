import { html, type TemplateResult } from 'lit'
import type { Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { imageUrl } from '../image-url.ts'
import { imagesHead } from '../images-head.ts'

/** One asset. */
export function assetView(
  _state: State,
  _store: Store,
  { company, asset }: Extract<Route, { view: 'asset' }>,
): TemplateResult {
  return html`${imagesHead(asset, 'images')}
    <img src=${imageUrl(`${company}/${asset}`, 'wid=800')} alt=${asset} />`
}
