import { html, type TemplateResult } from 'lit'
import { lettersOf, type ShownFile } from './shown-file.ts'
import '../elements/thumb-picture.ts'
import './file-thumb.css'

/** A small picture of a file, or the letters of its format. Its name is to stand beside it. */
export function fileThumb({
  name,
  size,
  shownAs,
  at,
}: Pick<ShownFile, 'name' | 'size' | 'shownAs' | 'at'>): TemplateResult {
  const letters = lettersOf(name)
  return (shownAs === 'picture' || shownAs === 'video') && size !== 0
    ? html`<thumb-picture class="thumb" src=${at('thumbnail')} letters=${letters}></thumb-picture>`
    : html`<span class="thumb"><span class="letters">${letters}</span></span>`
}
