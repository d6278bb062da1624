import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit'

/**
 * A small picture, or a few letters where there is none to be seen. It fills its place, which must have a size of its
 * own, so that nothing moves when the picture has come.
 */
class ThumbPicture extends LitElement {
  static override properties = { src: {}, alt: {}, letters: {}, broken: { state: true } }

  declare src: string
  /** Empty when the text beside says what the picture is. */
  declare alt: string
  /** What stands for a picture that cannot be shown, such as `PSD`. */
  declare letters: string
  declare broken: boolean

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('src')) this.broken = false
  }

  protected override render(): TemplateResult {
    return this.broken
      ? html`<span class="letters">${this.letters}</span>`
      : html`<img
          src=${this.src}
          alt=${this.alt ?? ''}
          loading="lazy"
          decoding="async"
          @error=${() => (this.broken = true)}
        />`
  }
}

customElements.define('thumb-picture', ThumbPicture)
