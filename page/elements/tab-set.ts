import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import './tab-set.css'

/** A tab, and what is seen when it is chosen. */
export interface Tab {
  readonly id: string
  readonly title: string
  readonly content: () => TemplateResult
}

/**
 * Tabs, of which the arrow keys choose one. Those of Spectrum set a `style` attribute, which the policy of the page
 * refuses. The event `choose` has as its detail the id of the tab that the user has chosen.
 */
export class TabSet extends LitElement {
  static override properties = {
    tabs: { attribute: false },
    label: {},
    selected: {},
  }

  declare tabs: readonly Tab[]
  declare label: string
  /** The id of the chosen tab; the first one unless there is one of this id. */
  declare selected: string

  protected override createRenderRoot(): this {
    return this
  }

  protected override render(): TemplateResult {
    const current = this.#current()
    return html`
      <div role="tablist" aria-label=${this.label} @keydown=${this.#press}>
        ${this.tabs.map(
          ({ id, title }) => html`<button
            type="button"
            role="tab"
            id="tab-${id}"
            aria-selected=${id === current?.id}
            aria-controls="tab-panel"
            tabindex=${id === current?.id ? 0 : -1}
            @click=${() => this.#choose(id)}
            >${title}</button
          >`,
        )}
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby="tab-${current?.id}" tabindex="0">
        ${current?.content()}
      </div>
    `
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Only when it was chosen with the keyboard, and not when another rendition is looked at.
    if (!changed.has('selected') || !this.querySelector('[role="tablist"]:focus-within')) return
    this.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
  }

  #current(): Tab | undefined {
    return this.tabs.find(({ id }) => id === this.selected) ?? this.tabs[0]
  }

  readonly #press = (event: KeyboardEvent): void => {
    const at = this.tabs.findIndex(({ id }) => id === this.#current()?.id)
    const { length } = this.tabs
    const places: Readonly<Record<string, number>> = {
      ArrowLeft: (at + length - 1) % length,
      ArrowRight: (at + 1) % length,
      Home: 0,
      End: length - 1,
    }
    const chosen = this.tabs[places[event.key] ?? -1]
    if (chosen === undefined) return
    event.preventDefault()
    this.#choose(chosen.id)
  }

  #choose(id: string): void {
    this.selected = id
    this.dispatchEvent(new CustomEvent('choose', { detail: id }))
  }
}

customElements.define('tab-set', TabSet)
