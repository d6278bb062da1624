import { html, LitElement, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import './log-lines.css'

/** The log of an activation. The line that tells why something failed is marked, and in sight from the beginning. */
class LogLines extends LitElement {
  static override properties = { lines: { attribute: false }, telling: { type: Number }, label: {} }

  declare lines: readonly string[]
  /** The position of the line that tells why, from 0. */
  declare telling: number | undefined
  declare label: string

  protected override createRenderRoot(): this {
    return this
  }

  protected override render(): TemplateResult {
    return html`<div class="log" role="region" tabindex="0" aria-label=${this.label}>
      <ol>
        ${this.lines.map((line, index) =>
          index === this.telling
            ? html`<li class="telling">
                <mark>${line}</mark><span class="note">${strings.rendition.tellingLine}</span>
              </li>`
            : html`<li>${line}</li>`,
        )}
      </ol>
    </div>`
  }

  protected override firstUpdated(): void {
    const box = this.querySelector('.log')
    const line = this.querySelector('.telling')
    if (!(box instanceof HTMLElement) || !(line instanceof HTMLElement)) return
    // Within its box only: the page stays where it is.
    box.scrollTop = line.offsetTop - (box.clientHeight - line.offsetHeight) / 2
  }
}

customElements.define('log-lines', LogLines)
