import { html, type PropertyValues, type TemplateResult } from 'lit'
import { activationLogSchema } from '../../src/doors/page/api.ts'
import { LoadedElement } from '../elements/loaded-element.ts'
import { ask } from '../service.ts'
import { strings } from '../strings.ts'
import { linesOfActivation } from './shown-line.ts'
import './log-view.ts'

const words = strings.log

/** What an activation printed, which is loaded once it is in sight. */
class ActivationLog extends LoadedElement<readonly string[]> {
  static override properties = { ...LoadedElement.properties, label: {} }

  declare label: string
  protected override readonly late = words.loading

  #seen: IntersectionObserver | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.hasUpdated && this.loaded === undefined) this.#watch()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#seen?.disconnect()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) this.#watch()
  }

  #watch(): void {
    this.#seen?.disconnect()
    this.#seen = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      this.#seen?.disconnect()
      void this.begin()
    })
    this.#seen.observe(this)
  }

  protected override async load(src: string, signal: AbortSignal): Promise<readonly string[]> {
    return (await ask(activationLogSchema, src, { signal })).lines
  }

  protected override show(lines: readonly string[]): TemplateResult {
    return logOf(lines, this.label)
  }
}

/**
 * The log of an activation.
 *
 * @param telling - the position of the line that tells why something failed, from 0
 */
export function logOf(lines: readonly string[], label: string, telling?: number): TemplateResult {
  return lines.length === 0
    ? html`<p>${words.empty}</p>`
    : html`<log-view .lines=${linesOfActivation(lines)} .telling=${telling} label=${label}></log-view>`
}

customElements.define('activation-log', ActivationLog)
