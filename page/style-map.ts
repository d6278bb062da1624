import { noChange } from 'lit'
import { type AttributePart, Directive, directive } from 'lit/directive.js'

/** Values of style properties by their names, in camelCase or as in CSS; without a value a property is taken away. */
export type StyleInfo = Readonly<Record<string, string | number | undefined | null>>

/**
 * What the bundle has in place of lit's directive of this name, which Spectrum's components use. That one writes a `style`
 * attribute at first, which the page's Content-Security-Policy refuses; this one only sets properties.
 */
class StyleMap extends Directive {
  readonly #names = new Set<string>()

  override render(_styles: StyleInfo): unknown {
    return noChange
  }

  override update({ element }: AttributePart, [styles]: [StyleInfo]): unknown {
    if (!(element instanceof HTMLElement)) return noChange
    for (const name of this.#names) element.style.removeProperty(name)
    this.#names.clear()
    for (const [key, value] of Object.entries(styles)) {
      if (value === undefined || value === null) continue
      const name = key.includes('-') ? key : key.replaceAll(/[A-Z]/g, '-$&').toLowerCase()
      element.style.setProperty(name, String(value))
      this.#names.add(name)
    }
    return noChange
  }
}

/** See {@link StyleMap}. */
export const styleMap = directive(StyleMap)
