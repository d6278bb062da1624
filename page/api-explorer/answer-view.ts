import { html, type TemplateResult } from 'lit'
import { jsonTree } from '../elements/json-tree.ts'
import { formatDuration, strings } from '../strings.ts'
import type { Answer } from './read-answer.ts'
import '../elements/folding-tree.ts'

const words = strings.api

/** The status of an answer, and how long it took. */
export function answerStatus({ status, took }: Answer): TemplateResult {
  return html`<strong class="api-status ${status < 400 ? 'good' : 'bad'}">${status}</strong>
    ${words.took(formatDuration(took))}`
}

/**
 * The headers of an answer, and what is in it.
 *
 * @param call - what was asked
 */
export function answerView({ headers, content }: Answer, call: string): TemplateResult {
  const label = words.answerTo(call)
  return html`<div class="api-answer">
    <details>
      <summary>${words.headers}</summary>
      <dl>
        ${headers.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
      </dl>
    </details>
    ${
      'json' in content
        ? html`<folding-tree .roots=${[jsonTree(content.json)]} label=${label}></folding-tree>`
        : html`<pre tabindex="0" role="region" aria-label=${label}>${content.text}</pre>`
    }
  </div>`
}
