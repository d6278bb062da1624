import { html, render, type TemplateResult } from 'lit'
import type { ShownAs } from '../../src/doors/page/api.ts'
import { showModal } from '../elements/modal.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import '../elements/archive-entries.ts'
import '../elements/file-text.ts'
import '../elements/font-sample.ts'
import '../elements/media-player.ts'
import '../elements/look-closer.css'

interface LookedAt {
  readonly name: string
  /** In bytes. */
  readonly size: number
  readonly shownAs: ShownAs
  readonly src: string
}

/**
 * Shows a text, a film, a sound, a font or what is in an archive, as large as the window until the user closes it.
 *
 * @param file.src - where the file is, or the list of the entries
 */
export function lookAtFile(file: LookedAt): void {
  const { name } = file
  void showModal('look-closer', (dialog) => {
    render(
      html`<div>
          <h2 id="look-closer-title">${name}</h2>
          <sp-button variant="secondary" autofocus @click=${() => dialog.close()}
            >${strings.closer.close}</sp-button
          >
        </div>
        ${contentOf(file)}`,
      dialog,
    )
  })
}

function contentOf({ name, size, shownAs, src }: LookedAt): TemplateResult {
  if (shownAs === 'archive') {
    return html`<archive-entries src=${src} name=${name}></archive-entries>`
  }
  if (shownAs === 'video' || shownAs === 'audio') {
    return html`<media-player src=${src} name=${name} kind=${shownAs}></media-player>`
  }
  if (shownAs === 'font') return html`<font-sample src=${src} name=${name}></font-sample>`
  const kind = shownAs === 'xml' ? 'xml' : 'text'
  return html`<file-text src=${src} name=${name} size=${size} kind=${kind}></file-text>`
}
