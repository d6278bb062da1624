import { html, type TemplateResult } from 'lit'
import { formatCaseParams } from '../../src/contract/case-params.ts'
import type { DevtoolRequest, KeptSource, Rendition } from '../../src/doors/page/api.ts'
import { copyAsClientCode } from '../copy-as/client-code.ts'
import { copyRequest } from '../copy-as/copied-request.ts'
import { copyAsCurl } from '../copy-as/curl.ts'
import { type Snippet, SnippetDialog } from '../elements/snippet-dialog.ts'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './copy-as.css'

const words = strings.copyAs

/** Copies the request as a program that sends it again, and the rendition as what a test case has of it. */
export function copyAsView(
  { samples }: State,
  request: DevtoolRequest,
  rendition: Rendition,
): TemplateResult {
  // Only of the samples is it known where they are.
  const pathOf = ({ name, size }: KeptSource): string =>
    samples.some((sample) => sample.name === name && sample.size === size)
      ? `samples/${name}`
      : `./${name}`
  const copied = copyRequest(request, location.origin, pathOf)
  return snippetsView([
    { ...words.curl, text: (home) => copyAsCurl(copied, home) },
    { ...words.client, text: (home) => copyAsClientCode(copied, home) },
    { ...words.params, text: formatCaseParams(rendition.instructions, rendition.failure?.reason) },
  ])
}

/** Buttons, each of which copies a text and shows it. */
export function snippetsView(
  snippets: readonly (Snippet & { readonly button: string })[],
): TemplateResult {
  return html`<div class="copy-as" role="group" aria-labelledby="copy-as">
      <h3 id="copy-as">${words.title}</h3>
      ${snippets.map(
        (snippet) => html`<sp-action-button size="s" @click=${() => copy(snippet)}
          >${snippet.button}</sp-action-button
        >`,
      )}
    </div>
    <snippet-dialog></snippet-dialog>`
}

function copy(snippet: Snippet): void {
  const dialog = document.querySelector('snippet-dialog')
  if (dialog instanceof SnippetDialog) void dialog.copy(snippet)
}
