import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { imageUrl } from '../image-url.ts'
import { assetWords } from './asset-words.ts'
import { readPixels } from './read-pixels.ts'

const words = assetWords.asset

/** Asks Image Serving for what it tells of an asset in words; undefined for what it refuses. */
async function askFor(object: string, commands: string): Promise<string | undefined> {
  const response = await fetch(imageUrl(object, commands)).catch(() => undefined)
  return response?.ok === true ? response.text() : undefined
}

/** Something that Image Serving tells of an asset; asked for anew whenever the asset is another one. */
abstract class AssetProperty extends LitElement {
  static override properties = {
    object: {},
    version: {},
    told: { state: true },
  }

  declare object: string
  declare version: string
  declare told: string | undefined

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('object') || changed.has('version')) this.forget()
  }

  protected abstract forget(): void

  protected async ask(commands: string): Promise<void> {
    const { object, version } = this
    const told = await askFor(object, commands)
    if (this.object === object && this.version === version) this.told = told ?? ''
  }
}

/** How many pixels its picture has. */
class AssetDimensions extends AssetProperty {
  protected override forget(): void {
    void this.ask('req=imageprops,text')
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.told === undefined) return nothing
    const pixels = readPixels(this.told)
    return html`${pixels === undefined ? words.unknown : words.pixels(pixels.width, pixels.height)}`
  }
}

/** Its XMP, which is only asked for when somebody wants to see it. */
class AssetMetadata extends AssetProperty {
  protected override forget(): void {
    this.told = undefined
    if (this.querySelector('details')?.open === true) void this.ask('req=xmp')
  }

  protected override render(): TemplateResult {
    return html`<details @toggle=${this.#toggle}>
      <summary>${words.metadata}</summary>
      ${
        this.told === undefined
          ? html`<p class="late">${words.loading}</p>`
          : this.told.trim() === ''
            ? html`<p>${words.noMetadata}</p>`
            : html`<pre tabindex="0"><code>${this.told}</code></pre>`
      }
    </details>`
  }

  readonly #toggle = ({ currentTarget }: Event): void => {
    const isOpen = currentTarget instanceof HTMLDetailsElement && currentTarget.open
    if (isOpen && this.told === undefined) void this.ask('req=xmp')
  }
}

customElements.define('asset-dimensions', AssetDimensions)
customElements.define('asset-metadata', AssetMetadata)
