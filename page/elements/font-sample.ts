import { html, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import { styleMap } from '../style-map.ts'
import { LoadedElement } from './loaded-element.ts'
import './font-sample.css'

const words = strings.font

/** In pixels. */
const SIZES = [16, 24, 40, 64] as const

/** So that each sample has a family of its own. */
let samples = 0

/** Some text in a font, or a sentence where the browser cannot read it. */
class FontSample extends LoadedElement<string> {
  static override properties = { ...LoadedElement.properties, name: {} }

  declare name: string
  protected override readonly late = words.loading

  #face: FontFace | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#forget()
  }

  /** Resolves with the name of its family. */
  protected override async load(src: string, signal: AbortSignal): Promise<string> {
    this.#forget()
    const response = await fetch(src, { signal })
    if (!response.ok) throw new Error(strings.app.answered(response.status))
    const family = `sample-${(samples += 1)}`
    const face = await new FontFace(family, await response.arrayBuffer()).load().catch(() => {
      throw new Error(words.unreadable(this.name))
    })
    if (signal.aborted || !this.isConnected) return family
    document.fonts.add(face)
    this.#face = face
    return family
  }

  protected override show(family: string): TemplateResult {
    return html`${SIZES.map(
      (size) =>
        html`<p style=${styleMap({ fontFamily: family, fontSize: `${size}px` })}>${words.sample}</p>`,
    )}`
  }

  #forget(): void {
    if (this.#face !== undefined) document.fonts.delete(this.#face)
    this.#face = undefined
  }
}

customElements.define('font-sample', FontSample)
