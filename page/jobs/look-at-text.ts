import { html, render } from 'lit'
import type { ShownAs } from '../../src/doors/page/api.ts'
import { showModal } from '../elements/modal.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import '../elements/archive-entries.ts'
import '../elements/file-text.ts'
import '../elements/look-closer.css'

/**
 * Shows a text, or what is in an archive, as large as the window until the user closes it.
 *
 * @param file.src - where the text is, or the list of the entries
 */
export function lookAtText(file: {
  name: string
  size: number
  shownAs: ShownAs
  src: string
}): void {
  const { name, size, shownAs, src } = file
  void showModal('look-closer', (dialog) => {
    render(
      html`<div>
          <h2 id="look-closer-title">${name}</h2>
          <sp-button variant="secondary" autofocus @click=${() => dialog.close()}
            >${strings.closer.close}</sp-button
          >
        </div>
        ${
          shownAs === 'archive'
            ? html`<archive-entries src=${src} name=${name}></archive-entries>`
            : html`<file-text
                src=${src}
                name=${name}
                size=${size}
                kind=${shownAs === 'xml' ? 'xml' : 'text'}
              ></file-text>`
        }`,
      dialog,
    )
  })
}
