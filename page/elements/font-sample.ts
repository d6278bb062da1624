import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import { styleMap } from '../style-map.ts'
import './font-sample.css'

const words = strings.font

/** In pixels. */
const SIZES = [16, 24, 40, 64] as const

/** So that each sample has a family of its own. */
let samples = 0

/** Some text in a font, or a sentence where the browser cannot read it. */
class FontSample extends LitElement {
  static override properties = {
    src: {},
    name: {},
    family: { state: true },
    broken: { state: true },
  }

  declare src: string
  declare name: string
  /** Undefined until the font is loaded. */
  declare family: string | undefined
  declare broken: boolean

  #face: FontFace | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#forget()
  }

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) void this.#load(this.src)
  }

  protected override render(): TemplateResult {
    const { name, family, broken } = this
    if (broken) return html`<p>${words.unreadable(name)}</p>`
    if (family === undefined) return html`<p role="status">${words.loading}</p>`
    return html`${SIZES.map(
      (size) =>
        html`<p style=${styleMap({ fontFamily: family, fontSize: `${size}px` })}>${words.sample}</p>`,
    )}`
  }

  async #load(src: string): Promise<void> {
    this.#forget()
    this.family = undefined
    this.broken = false
    try {
      const response = await fetch(src)
      if (!response.ok) throw new Error(strings.app.answered(response.status))
      const family = `sample-${(samples += 1)}`
      const face = await new FontFace(family, await response.arrayBuffer()).load()
      if (src !== this.src || !this.isConnected) return
      document.fonts.add(face)
      this.#face = face
      this.family = family
    } catch {
      if (src === this.src) this.broken = true
    }
  }

  #forget(): void {
    if (this.#face !== undefined) document.fonts.delete(this.#face)
    this.#face = undefined
  }
}

customElements.define('font-sample', FontSample)
