import { html, nothing, type TemplateResult } from 'lit'
import '@spectrum-web-components/button/sp-button.js'
import './list-frame.css'

/** What is said around a list. */
export interface ListWords {
  readonly loading: string
  readonly failed: string
  readonly again: string
  readonly more: string
}

/** A list that the service is asked for page by page. */
export interface PagedList {
  readonly words: ListWords
  /** Whether any of it is there. */
  readonly isListed: boolean
  /** Why it could not be had. */
  readonly problem: string | undefined
  /** Whether there is more of it. */
  readonly hasMore: boolean
  /** Whether a page of it is on its way. */
  readonly isLoading: boolean
  /** Asks for it, or for the next page. */
  readonly ask: (of: 'first' | 'next') => void
  /** What is in it. */
  readonly content: () => TemplateResult
}

/** A list with the way to more of it; until it is there, and where it cannot be had, a sentence is in its place. */
export function listFrame(list: PagedList): TemplateResult {
  const { words, isListed, problem, hasMore, isLoading, ask, content } = list
  if (problem !== undefined && !isListed) {
    return html`<p>${words.failed}: ${problem}</p>
      <sp-button variant="secondary" @click=${() => ask('first')}>${words.again}</sp-button>`
  }
  if (!isListed) return html`<p class="late">${words.loading}</p>`
  return html`${content()}
  ${
    hasMore
      ? html`<sp-button
          variant="secondary"
          aria-disabled=${isLoading ? 'true' : nothing}
          @click=${() => ask('next')}
          >${words.more}</sp-button
        >`
      : nothing
  }`
}

/** The head of a list: what it is, and the way to a new entry. */
export function listHead(head: {
  readonly title: string
  readonly lead: string
  readonly add: { readonly label: string; readonly address: string }
}): TemplateResult {
  return html`<div class="list-head">
      <h1>${head.title}</h1>
      <a class="main-link" href=${head.add.address}>${head.add.label}</a>
    </div>
    <p class="list-lead">${head.lead}</p>`
}

/** What is said in place of a list in which nothing is yet. */
export function emptyList(title: string, invitation: string, more: TemplateResult): TemplateResult {
  return html`<div class="empty">
    <p><strong>${title}</strong></p>
    <p>${invitation}</p>
    ${more}
  </div>`
}
