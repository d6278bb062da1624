import { html, nothing, type TemplateResult } from 'lit'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'
import './standing.css'

const words = strings.standing

/** Where the documents are. */
export const DOCS = '/devtool/docs'

/** Which service it is, and whether it can do its work: in a word, and why not in sentences. */
export function standingView({ online, service }: State): TemplateResult {
  const reasons = service?.reasons ?? []
  const state = !online ? 'away' : reasons.length > 0 ? 'unwell' : 'ready'
  if (service === undefined && online) return html``
  const version = service === undefined ? '' : words.version(service.version)
  return html`<div class="service-standing" data-state=${state}>
    <span class="service-version">${version}</span>
    ${
      state === 'unwell'
        ? html`<details>
            <summary>${words.unwell}</summary>
            <ul>
              ${reasons.map(({ message }) => html`<li>${message}</li>`)}
            </ul>
          </details>`
        : html`<span class="service-state">${words[state]}</span>`
    }
  </div>`
}

/** Who is signed in, of a team. */
export function userView({ service }: State): TemplateResult | typeof nothing {
  const user = service?.user
  if (user === undefined || user === null) return nothing
  return html`<span class="user" title=${user}
    ><span class="unseen">${words.signedIn} </span>${user}</span
  >`
}
