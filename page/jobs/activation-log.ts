import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { activationLogSchema } from '../../src/doors/page/api.ts'
import { messageOf } from '../commands/notices.ts'
import { ask } from '../service.ts'
import { viewWords } from './view-words.ts'
import '../elements/log-lines.ts'

const words = viewWords.task

/** What an activation printed, which is loaded once it is in sight. */
class ActivationLog extends LitElement {
  static override properties = {
    src: {},
    label: {},
    lines: { state: true },
    problem: { state: true },
  }

  /** Where the log is. */
  declare src: string
  declare label: string
  /** Undefined until they are loaded. */
  declare lines: readonly string[] | undefined
  declare problem: string | undefined

  #seen: IntersectionObserver | undefined

  protected override createRenderRoot(): this {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.#load()
    })
    this.#seen.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#seen?.disconnect()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('src')) return
    this.lines = undefined
    this.problem = undefined
  }

  protected override render(): TemplateResult {
    const { lines, problem, label } = this
    if (problem !== undefined) return html`<p>${problem}</p>`
    if (lines === undefined) return html`<p>${words.loadingLog}</p>`
    if (lines.length === 0) return html`<p>${words.emptyLog}</p>`
    return html`<log-lines .lines=${lines} label=${label}></log-lines>`
  }

  async #load(): Promise<void> {
    this.#seen?.disconnect()
    const { src } = this
    try {
      const { lines } = await ask(activationLogSchema, src)
      if (src === this.src) this.lines = lines
    } catch (error) {
      if (src === this.src) this.problem = messageOf(error)
    }
  }
}

customElements.define('activation-log', ActivationLog)
