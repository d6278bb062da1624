import { html, nothing, type TemplateResult } from 'lit'
import { addressOf, type Route } from '../router.ts'

/** A view of something that is not there, or not yet. */
export interface Absent {
  /** Why it cannot be had, in a sentence; undefined while it is on its way. */
  readonly why: string | undefined
  /** What is said of that in short. */
  readonly title: string
  /** What is said until it is there. */
  readonly loading: string
  /** What the view is called for a screen reader until then. */
  readonly heading: string
  /** Where one finds what there is. */
  readonly back?: { readonly label: string; readonly route: Route }
}

/** What is said in place of something that is not there. */
export function absentView({ why, title, loading, heading, back }: Absent): TemplateResult {
  if (why === undefined) {
    return html`<h1 class="unseen">${heading}</h1>
      <p class="late">${loading}</p>`
  }
  return html`<h1>${title}</h1>
    <p>${why}</p>
    ${back === undefined ? nothing : html`<p><a href=${addressOf(back.route)}>${back.label}</a></p>`}`
}
