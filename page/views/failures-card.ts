import { html, nothing, type TemplateResult } from 'lit'
import type { ListedRequest } from '../../src/doors/page/api.ts'
import type { SharedFailure } from '../../src/doors/page/work/work-shapes.ts'
import type { EqualFailures } from '../model/equal-failures.ts'
import { nameOf } from '../model/request-summary.ts'
import { addressOf } from '../router.ts'
import { strings } from '../strings.ts'
import { renditionLight } from './rendition-light.ts'
import './failures-card.css'

const words = strings.wholeRun

/** What failed alike of several sources: why, once, and of which. */
export function sharedFailureCard({
  reason,
  message,
  renditions,
  requests,
  first,
}: SharedFailure): TemplateResult {
  const more = requests - first.length
  return html`<li class="failures" data-state="failed">
    <p class="failures-head">
      ${renditionLight('failed')}
      <strong>${words.alike(reason === '' ? words.unnamedReason : reason, renditions)}</strong>
      <span>${words.ofSources(requests)}</span>
    </p>
    ${message === '' ? nothing : html`<p class="failures-message">${message}</p>`}
    <ul aria-label=${words.alikeSources}>
      ${first.map(
        ({ request: id, position, title }) =>
          html`<li><a href=${addressOf({ view: 'request', id, position })}>${title === '' ? strings.results.noSource : title}</a></li>`,
      )}
      ${more > 0 ? html`<li>${strings.composition.moreMistakes(more)}</li>` : nothing}
    </ul>
  </li>`
}

/** Renditions of a request that failed alike: why, once, and which. */
export function failuresCard(
  { id, renditions }: ListedRequest,
  { failure: { reason, message }, state, positions }: EqualFailures,
): TemplateResult {
  return html`<li class="failures" data-state=${state}>
    <p class="failures-head">
      ${renditionLight(state)}
      <strong
        >${
          state === 'stopped'
            ? words.renditions(positions.length)
            : words.alike(reason === '' ? words.unnamedReason : reason, positions.length)
        }</strong
      >
    </p>
    ${
      message === '' || state === 'stopped'
        ? nothing
        : html`<p class="failures-message">${message}</p>`
    }
    <ul aria-label=${words.alikeNames}>
      ${positions.map((position) => {
        const rendition = renditions[position]
        return rendition === undefined
          ? nothing
          : html`<li>
              <a href=${addressOf({ view: 'request', id, position })}>${nameOf(rendition, position)}</a>
            </li>`
      })}
    </ul>
  </li>`
}
