import { html, nothing, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import './mistake-list.css'

const words = strings.composition

/** So many are listed; with the next ones they come as those are mended. */
const MOST_LISTED = 3

/** Something that has to be mended, or is worth a look. */
export interface ListedMistake {
  /** Where it is, in a word or two. */
  readonly title: string
  /** What is wrong there, in a sentence. */
  readonly message: string
  /** Leads to where it is mended. */
  readonly goTo: () => void
}

/** What hinders something from being sent, or is only worth a look, each leading to where it is mended. */
export function mistakeList(
  kind: 'mistakes' | 'remarks',
  all: readonly ListedMistake[],
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing
  const more = all.length - MOST_LISTED
  const label = kind === 'mistakes' ? words.mistakeList : words.remarkList
  return html`<ul class="mistakes" data-kind=${kind} aria-label=${label}>
    ${kind === 'remarks' ? html`<li class="mistakes-lead">${words.remarkLead}</li>` : nothing}
    ${all.slice(0, MOST_LISTED).map(
      ({ title, message, goTo }) => html`<li>
        <button type="button" title=${message} @click=${goTo}>${title}</button>
      </li>`,
    )}
    ${more > 0 ? html`<li>${words.moreMistakes(more)}</li>` : nothing}
  </ul>`
}
