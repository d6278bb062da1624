import { html, render } from 'lit'
import { showModal } from '../elements/modal.ts'
import type { ShownPicture } from '../elements/shown-picture.ts'
import { strings } from '../strings.ts'
import { fileContent } from './file-content.ts'
import type { ShownFile } from './shown-file.ts'
import '@spectrum-web-components/button/sp-button.js'
import './look-at-file.css'

/**
 * Shows a file as large as the window until the user closes it.
 *
 * @param others - what it can be compared with when it is a picture
 */
export function lookAtFile(file: ShownFile, others: readonly ShownPicture[] = []): void {
  void showModal('look-at-file', (dialog) => {
    render(
      html`<div>
          <h2 id="look-at-file-title">${file.name}</h2>
          <sp-button variant="secondary" autofocus @click=${() => dialog.close()}
            >${strings.files.close}</sp-button
          >
        </div>
        ${fileContent(file, others)}`,
      dialog,
    )
  })
}
