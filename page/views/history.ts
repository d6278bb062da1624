import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ListedRequest } from '../../src/doors/page/api.ts'
import { loadHistory, loadMoreHistory } from '../commands/request-commands.ts'
import { listedRequests } from '../model/known-requests.ts'
import { countStates, formatsOf, summaryOf, titleOfRequest } from '../model/request-summary.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDateTime, strings } from '../strings.ts'
import { sourceThumb } from './source-thumb.ts'
import '@spectrum-web-components/button/sp-button.js'
import './history.css'

const words = strings.history

/** All requests that the page has sent, newest first. */
export function historyView(state: State, store: Store): TemplateResult {
  return html`<h1>${words.title}</h1>
    ${contentOf(state, store)}`
}

function contentOf(state: State, store: Store): TemplateResult {
  const { moreHistory, historyProblem, loadingHistory } = state
  const listed = listedRequests(state)
  if (historyProblem !== undefined && moreHistory === undefined) {
    return html`<p>${words.failed}: ${historyProblem}</p>
      <sp-button variant="secondary" @click=${() => loadHistory(store)}>${words.again}</sp-button>`
  }
  if (moreHistory === undefined) return html`<p class="late">${words.loading}</p>`
  if (listed.length === 0) {
    return html`<div class="empty">
      <p><strong>${words.empty}</strong></p>
      <p>${words.invitation}</p>
      <p><a href=${addressOf({ view: 'run' })}>${words.toRun}</a></p>
    </div>`
  }
  return html`
    <ol class="history" aria-label=${words.list}>
      ${repeat(listed, ({ id }) => id, entryView)}
    </ol>
    ${
      moreHistory
        ? html`<sp-button
            variant="secondary"
            aria-disabled=${loadingHistory === true ? 'true' : nothing}
            @click=${() => loadMoreHistory(store)}
            >${words.more}</sp-button
          >`
        : nothing
    }
  `
}

function entryView(request: ListedRequest): TemplateResult {
  const { id, source, sentAt } = request
  return html`<li>
    ${sourceThumb(source)}
    <a href=${addressOf({ view: 'request', id })}>${titleOfRequest(request)}</a>
    <time datetime=${new Date(sentAt).toISOString()}>${formatDateTime(sentAt)}</time>
    <span class="history-counts">${summaryOf(countStates([request]))}</span>
    <span class="history-formats">${formatsOf(request).join(', ')}</span>
  </li>`
}
