import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import './media-player.css'

/** A film or a sound with the browser's own controls, or a sentence where it plays none of its kind. */
class MediaPlayer extends LitElement {
  static override properties = { src: {}, name: {}, kind: {}, broken: { state: true } }

  declare src: string
  declare name: string
  declare kind: 'video' | 'audio'
  declare broken: boolean

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) this.broken = false
  }

  protected override render(): TemplateResult {
    const { src, name } = this
    if (this.broken) return html`<p>${strings.media.unplayable(name)}</p>`
    const fail = (): void => void (this.broken = true)
    return this.kind === 'audio'
      ? html`<audio controls preload="metadata" src=${src} aria-label=${name} @error=${fail}></audio>`
      : html`<video
          controls
          playsinline
          preload="metadata"
          src=${src}
          aria-label=${name}
          @error=${fail}
        ></video>`
  }
}

customElements.define('media-player', MediaPlayer)
