import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { messageOf } from '../commands/notices.ts'

/**
 * Something that is loaded from an address, anew whenever that changes; until it is there, and where it cannot be had, a
 * sentence is in its place.
 */
export abstract class LoadedElement<Loaded> extends LitElement {
  static override properties: Readonly<Record<string, object>> = {
    src: {},
    loaded: { state: true },
    problem: { state: true },
  }

  /** Where it is. */
  declare src: string
  /** Undefined until it is there. */
  declare protected loaded: Loaded | undefined
  declare protected problem: string | undefined

  #loading = new AbortController()

  /** What is said until it is there. */
  protected abstract readonly late: string

  /**
   * Loads it.
   *
   * @param signal - aborted when nobody wants it any more
   * @throws {Error} one sentence, which is shown
   */
  protected abstract load(src: string, signal: AbortSignal): Promise<Loaded>

  /** Shows it. */
  protected abstract show(loaded: Loaded): TemplateResult

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) void this.begin()
  }

  protected override render(): TemplateResult {
    if (this.problem !== undefined) return html`<p>${this.problem}</p>`
    return this.loaded === undefined
      ? html`<p role="status">${this.late}</p>`
      : this.show(this.loaded)
  }

  /** Loads it, or does so once more. */
  protected async begin(): Promise<void> {
    this.#loading.abort()
    const { signal } = (this.#loading = new AbortController())
    this.loaded = undefined
    this.problem = undefined
    try {
      const loaded = await this.load(this.src, signal)
      if (!signal.aborted) this.loaded = loaded
    } catch (error) {
      if (!signal.aborted) this.problem = messageOf(error)
    }
  }
}
