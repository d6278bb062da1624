import { html, render } from 'lit'
import { strings } from '../strings.ts'
import { showModal } from './modal.ts'
import { PictureViewer } from './picture-viewer.ts'
import type { ShownPicture } from './zoom-picture.ts'
import '@spectrum-web-components/button/sp-button.js'
import './look-closer.css'

/**
 * Shows a picture as large as the window, to be zoomed and compared with others, until the user closes it.
 *
 * @param others - what it can be compared with
 */
export function lookCloser(picture: ShownPicture, others: readonly ShownPicture[]): void {
  const viewer = new PictureViewer()
  viewer.picture = picture
  viewer.others = others
  void showModal('look-closer', (dialog) => {
    render(
      html`<div>
          <h2 id="look-closer-title">${picture.name}</h2>
          <sp-button variant="secondary" autofocus @click=${() => dialog.close()}
            >${strings.closer.close}</sp-button
          >
        </div>
        ${viewer}`,
      dialog,
    )
  })
}
