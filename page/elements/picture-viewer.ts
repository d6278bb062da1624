import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import type { ShownPicture } from './zoom-picture.ts'
import './zoom-picture.ts'
import './picture-viewer.css'

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
    return html`
      <label class="compare-with"
        >${strings.zoom.compare}
        <select @change=${this.#choose}>
          <option value="" .selected=${this.compared === ''}>${strings.zoom.nothing}</option>
          ${this.others.map(
            ({ src, name }) =>
              html`<option value=${src} .selected=${src === this.compared}>${name}</option>`,
          )}
        </select>
      </label>
      <zoom-picture .picture=${this.picture} .other=${this.#other()}></zoom-picture>
    `
  }

  #other(): ShownPicture | undefined {
    return this.others.find(({ src }) => src === this.compared)
  }

  readonly #choose = ({ target }: Event): void => {
    if (target instanceof HTMLSelectElement) this.compared = target.value
  }
}

customElements.define('picture-viewer', PictureViewer)
