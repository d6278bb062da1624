import { html, type TemplateResult } from 'lit'
import type { ShownPicture } from '../elements/shown-picture.ts'
import { strings } from '../strings.ts'
import { pictureOf, type ShownFile } from './shown-file.ts'
import '../elements/archive-entries.ts'
import '../elements/file-text.ts'
import '../elements/font-sample.ts'
import '../elements/media-player.ts'
import '../elements/picture-viewer.ts'

/**
 * A file, shown as what it is.
 *
 * @param others - what it can be compared with when it is a picture
 */
export function fileContent(file: ShownFile, others: readonly ShownPicture[] = []): TemplateResult {
  const { name, size, shownAs, at } = file
  if (shownAs === 'picture') {
    return html`<picture-viewer .picture=${pictureOf(file)} .others=${others}></picture-viewer>`
  }
  if (shownAs === 'text' || shownAs === 'xml') {
    return html`<file-text src=${at('file')} name=${name} .size=${size} kind=${shownAs}></file-text>`
  }
  if (shownAs === 'archive') {
    return html`<archive-entries src=${at('entries')} name=${name}></archive-entries>`
  }
  if (shownAs === 'video' || shownAs === 'audio') {
    return html`<media-player src=${at('file')} name=${name} kind=${shownAs}></media-player>`
  }
  if (shownAs === 'font') return html`<font-sample src=${at('file')} name=${name}></font-sample>`
  return html`<p class="no-file">${strings.files.notShown}</p>`
}
