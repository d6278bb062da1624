import { html, type TemplateResult } from 'lit'
import type { KeptSource } from '../../src/doors/page/api.ts'
import { shownAs } from '../../src/doors/page/shown-as.ts'
import { urlOf } from '../service.ts'
import '../elements/thumb-picture.ts'
import './source-thumb.css'

/** A small picture of a source, or the letters of its format. Its name is to stand beside it. */
export function sourceThumb(source: KeptSource | undefined): TemplateResult {
  if (source === undefined) return html`<span class="thumb"></span>`
  const letters = lettersOf(source.name)
  return canBePicture(source)
    ? html`<thumb-picture
        class="thumb"
        src=${urlOf('sources', source.id, 'thumbnail')}
        letters=${letters}
      ></thumb-picture>`
    : html`<span class="thumb"><span class="letters">${letters}</span></span>`
}

/** What is certainly none is not asked for; of the rest, the service finds out by its content. */
function canBePicture({ type, size }: KeptSource): boolean {
  return size > 0 && shownAs(type) !== 'text'
}

function lettersOf(name: string): string {
  return (/\.(\w{1,4})$/.exec(name)?.[1] ?? '').toUpperCase()
}
