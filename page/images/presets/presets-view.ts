import type { TemplateResult } from 'lit'
import type { Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { strings } from '../../strings.ts'
import { imagesHead } from '../images-head.ts'

/** The presets of the company. */
export function presetsView(
  _state: State,
  _store: Store,
  { preset }: Extract<Route, { view: 'presets' }>,
): TemplateResult {
  return imagesHead(preset ?? strings.images.presets, 'presets')
}
