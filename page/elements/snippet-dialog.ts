import { html, LitElement, type TemplateResult } from 'lit'
import { messageOf } from '../commands/notices.ts'
import { fetchHome } from '../copy-as/fetch-home.ts'
import type { ServiceHome } from '../copy-as/service-home.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import './modal.css'
import './snippet-dialog.css'

const words = strings.copyAs

/** A text that was copied, to be read. */
export interface Snippet {
  readonly title: string
  /** What it is good for. */
  readonly about: string
  /** The text, or what makes it for a service whose state is in that folder. */
  readonly text: string | ((home: ServiceHome) => string)
}

/** Puts a text on the clipboard, says so, and shows it. It is shown by its method. */
export class SnippetDialog extends LitElement {
  static override properties = {
    snippet: { state: true },
    home: { state: true },
    outcome: { state: true },
  }

  declare snippet: Snippet | undefined
  declare home: { readonly folder: ServiceHome } | undefined
  /** Whether it is on the clipboard now, in words. */
  declare outcome: string

  constructor() {
    super()
    this.outcome = ''
  }

  /** Copies and shows a text. */
  async copy(snippet: Snippet): Promise<void> {
    if (typeof snippet.text === 'function') this.home ??= await fetchHome()
    this.snippet = snippet
    this.outcome = ''
    await this.updateComplete
    this.#dialog()?.showModal()
    await this.#write(this.#text())
  }

  protected override createRenderRoot(): this {
    return this
  }

  protected override render(): TemplateResult {
    const { title = '', about = '' } = this.snippet ?? {}
    const text = this.#text()
    return html`<dialog class="modal snippet" aria-labelledby="snippet-title">
      <h2 id="snippet-title">${title}</h2>
      <p>${about}</p>
      <pre tabindex="0" role="region" aria-label=${title}>${text}</pre>
      <div class="modal-foot">
        <span role="status">${this.outcome}</span>
        <sp-button variant="secondary" treatment="outline" @click=${() => void this.#write(text)}
          >${words.again}</sp-button
        >
        <sp-button variant="accent" @click=${() => this.#dialog()?.close()}>${words.close}</sp-button>
      </div>
    </dialog>`
  }

  #text(): string {
    const { text = '' } = this.snippet ?? {}
    return typeof text === 'string' ? text : text(this.home?.folder)
  }

  async #write(text: string): Promise<void> {
    this.outcome = await navigator.clipboard.writeText(text).then(
      () => words.copied,
      (error: unknown) => words.notCopied(messageOf(error)),
    )
  }

  #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog')
  }
}

customElements.define('snippet-dialog', SnippetDialog)
