import { html, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import type { ShownFile } from './shown-file.ts'
import '../elements/file-excerpt.ts'
import '../elements/thumb-picture.ts'

const words = strings.results

/** What can be seen of a file on a card: a small picture of it, or what it begins with. */
export function filePreview({ shownAs, size, at }: ShownFile): TemplateResult {
  if (shownAs === 'picture' || shownAs === 'video') {
    return html`<thumb-picture
      class="checkered"
      src=${at('thumbnail')}
      letters=${words.notShown}
    ></thumb-picture>`
  }
  if (shownAs === 'archive') {
    return html`<file-excerpt src=${at('entries')} kind="archive"></file-excerpt>`
  }
  if (shownAs !== 'text' && shownAs !== 'xml') {
    return html`<span class="letters">${words.notShown}</span>`
  }
  // There is no range to be asked for in an empty file.
  return size === 0
    ? html`<span class="letters">${words.emptyFile}</span>`
    : html`<file-excerpt src=${at('file')} kind="text"></file-excerpt>`
}
