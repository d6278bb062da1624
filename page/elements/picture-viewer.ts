import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import { pickerView } from './picker.ts'
import type { ShownPicture } from './shown-picture.ts'
import './zoom-picture.ts'
import '@spectrum-web-components/field-label/sp-field-label.js'
import './picture-viewer.css'

/** So that each has a label of its own. */
let viewers = 0

/** A picture, and which other one it is compared with. */
export class PictureViewer extends LitElement {
  static override properties = {
    picture: { attribute: false },
    others: { attribute: false },
    compared: { state: true },
  }

  declare picture: ShownPicture
  /** What it can be compared with. */
  declare others: readonly ShownPicture[]
  /** The URL of the other one; empty for none. */
  declare compared: string

  readonly #id = `compare-with-${(viewers += 1)}`

  constructor() {
    super()
    this.compared = ''
  }

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('others') && this.#other() === undefined) this.compared = ''
  }

  protected override render(): TemplateResult {
    return html`<zoom-picture
      .picture=${this.picture}
      .other=${this.#other()}
      .tools=${this.others.length === 0 ? undefined : this.#compareView()}
    ></zoom-picture>`
  }

  #compareView(): TemplateResult {
    return html`<span class="compare-with">
      <sp-field-label for=${this.#id} side-aligned="start">${strings.zoom.compare}</sp-field-label>
      ${pickerView({
        id: this.#id,
        size: 's',
        options: [
          { value: '', label: strings.zoom.nothing },
          ...this.others.map(({ src, name }) => ({ value: src, label: name })),
        ],
        value: this.compared,
        onPick: (src) => (this.compared = src),
      })}
    </span>`
  }

  #other(): ShownPicture | undefined {
    return this.others.find(({ src }) => src === this.compared)
  }
}

customElements.define('picture-viewer', PictureViewer)
