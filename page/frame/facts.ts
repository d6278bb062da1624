import { html, nothing, type TemplateResult } from 'lit'
import './facts.css'

/** A fact: what it is of, and what it is; one that is undefined is left out. */
export type Fact = readonly [title: string, value: TemplateResult | string | undefined]

/**
 * Facts about what a view shows.
 *
 * @param layout - a line each, or beside each other with their titles above
 */
export function factsView(facts: readonly Fact[], layout: 'lines' | 'row'): TemplateResult {
  return html`<dl class="facts-${layout}">
    ${facts.map(([title, value]) =>
      value === undefined ? nothing : html`<div><dt>${title}</dt><dd>${value}</dd></div>`,
    )}
  </dl>`
}
