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
  const isSeen = (shownAs === 'picture' || shownAs === 'video') && size !== 0
  return thumb(isSeen ? at('thumbnail') : undefined, lettersOf(name), 'thumb')
}

/**
 * A small picture, or letters in its place.
 *
 * @param src - undefined where there is none
 * @param frame - the class of its place, which has a size of its own
 */
export function thumb(
  src: string | undefined,
  letters: string,
  frame: 'thumb' | 'asset-thumb' | 'export-thumb',
): TemplateResult {
  return html`<span class=${frame}
    >${
      src === undefined
        ? html`<span class="letters">${letters}</span>`
        : html`<thumb-picture src=${src} letters=${letters}></thumb-picture>`
    }</span
  >`
}
