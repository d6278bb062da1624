import { html, nothing, type TemplateResult } from 'lit'
import type { ListedRequest } from '../../src/doors/page/api.ts'
import { keyOfFailure } from '../../src/doors/page/work/told-run.ts'
import { edit, runAgain } from '../commands/request-commands.ts'
import { breakable } from '../elements/breakable.ts'
import { buttonIcon } from '../elements/icon.ts'
import { collapseFailures } from '../model/equal-failures.ts'
import { countStates, hasEnded, summaryOf, titleOfRequest } from '../model/request-summary.ts'
import { addressOf } from '../router.ts'
import { urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { formatBytes, formatDateTime, strings } from '../strings.ts'
import { failuresCard } from './failures-card.ts'
import { renditionCard } from './rendition-card.ts'
import { sourceThumb } from './source-thumb.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './request-section.css'

const words = strings.results

const NOTHING_TOLD: ReadonlySet<string> = new Set()

/**
 * A request: what it was made of, what can be done with it, and a card for each of its renditions.
 *
 * @param heading - `page` where it is what the page is about; else its name leads there
 * @param shown.failedOnly - leaves out what has not failed
 * @param shown.told - what failed alike of several sources, and is told above
 */
export function requestSection(
  request: ListedRequest,
  heading: 'page' | 'link',
  store: Store,
  { failedOnly, told }: { readonly failedOnly: boolean; readonly told: ReadonlySet<string> } = {
    failedOnly: false,
    told: NOTHING_TOLD,
  },
): TemplateResult {
  const { id, source, renditions, sentAt } = request
  const isTold = (rendition: ListedRequest['renditions'][number]): boolean =>
    told.has(keyOfFailure(rendition) ?? '')
  const shown = renditions.flatMap((rendition, position) =>
    isTold(rendition) || (failedOnly && rendition.state !== 'failed') ? [] : [position],
  )
  const above = renditions.filter(isTold).length
  const title = titleOfRequest(request)
  return html`
    <section class="request" aria-label=${title}>
      <header class="request-head">
        ${sourceThumb(source)}
        <div class="request-name">
          ${
            heading === 'page'
              ? html`<h1>${breakable(title)}</h1>`
              : html`<h3><a href=${addressOf({ view: 'request', id })}>${title}</a></h3>`
          }
          <p>
            ${source === undefined ? nothing : html`${formatBytes(source.size)} · `}<time
              datetime=${new Date(sentAt).toISOString()}
              >${formatDateTime(sentAt)}</time
            >
          </p>
          <p>${summaryOf(countStates([request]))}</p>
        </div>
        <div class="request-actions" role="group" aria-label=${words.actionsOf(title)}>
          ${downloadAll(request)}
          <sp-action-button size="s" @click=${() => runAgain(store, request)}
            >${buttonIcon('refresh')}${words.runAgain}</sp-action-button
          >
          <sp-action-button size="s" @click=${() => edit(store, request)}
            >${buttonIcon('edit')}${words.edit}</sp-action-button
          >
        </div>
      </header>
      ${above === 0 ? nothing : html`<p class="told-above">${words.toldAbove(above)}</p>`}
      <ul class="renditions">
        ${collapseFailures(request, shown).map((each) =>
          typeof each === 'number' ? renditionCard(request, each) : failuresCard(request, each),
        )}
      </ul>
    </section>
  `
}

function downloadAll(request: ListedRequest): TemplateResult {
  const counts = countStates([request])
  return html`<sp-action-button
    size="s"
    ?disabled=${!hasEnded(counts) || counts.created === 0}
    href="${urlOf('requests', request.id, 'renditions.zip')}?download"
    download=""
    >${buttonIcon('download')}${words.downloadAll}</sp-action-button
  >`
}
