import { html, type TemplateResult } from 'lit'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { requestSection } from './request-section.ts'

const words = strings.request

/** One request of the history. */
export function requestView(id: string, state: State, store: Store): TemplateResult {
  const request = state.requests.find((each) => each.id === id)
  if (request !== undefined) return requestSection(request, 'page', store)
  const { missingRequest } = state
  if (missingRequest?.id !== id) {
    return html`<h1 class="unseen">${strings.history.title}</h1>
      <p class="late">${words.loading}</p>`
  }
  return html`<h1>${words.missing}</h1>
    <p>${missingRequest.why}</p>
    <p><a href=${addressOf({ view: 'history' })}>${words.toHistory}</a></p>`
}
