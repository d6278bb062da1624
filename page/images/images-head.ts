import { html, nothing, type TemplateResult } from 'lit'
import { addressOf } from '../router.ts'
import { strings } from '../strings.ts'

const VIEWS = ['images', 'image', 'presets'] as const

/** The title of a view of pictures, and the way to the others. */
export function imagesHead(title: string, current: (typeof VIEWS)[number]): TemplateResult {
  return html`<div class="images-head">
    <h1>${title}</h1>
    <nav class="images-ways" aria-label=${strings.images.ways}>
      ${VIEWS.map(
        (view) =>
          html`<a
            href=${addressOf({ view })}
            aria-current=${view === current ? 'page' : nothing}
            >${strings.images[view]}</a
          >`,
      )}
    </nav>
  </div>`
}
