import { html, nothing, type TemplateResult } from 'lit'
import { breakable } from '../elements/breakable.ts'
import { type Fact, factsView } from './facts.ts'
import './detail-head.css'

/** The head of a view that is about one thing, whatever door it is of. */
export function detailHead(head: {
  readonly title: string
  /** How far it is. */
  readonly standing: TemplateResult
  /** What can be done with it, and what that is called for a screen reader. */
  readonly actions: TemplateResult
  readonly actionsLabel: string
  /** What there is to say of its standing in a sentence. */
  readonly sentence?: TemplateResult | undefined
  readonly facts: readonly Fact[]
}): TemplateResult {
  return html`<header class="detail-head">
    <div class="detail-title">
      <h1>${breakable(head.title)}</h1>
      <div role="status">${head.standing}</div>
    </div>
    <div class="detail-actions" role="group" aria-label=${head.actionsLabel}>${head.actions}</div>
    ${head.sentence ?? nothing} ${factsView(head.facts, 'row')}
  </header>`
}
