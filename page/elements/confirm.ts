import { html, render } from 'lit'
import { strings } from '../strings.ts'
import { showModal } from './modal.ts'
import '@spectrum-web-components/button/sp-button.js'
import './confirm.css'

/** What is asked. */
export interface Question {
  readonly title: string
  readonly text: string
  /** The word on the button that has it done. */
  readonly confirm: string
}

/**
 * Asks the user before something is done that cannot be undone here.
 *
 * @returns whether it is to be done
 */
export async function confirm({ title, text, confirm: word }: Question): Promise<boolean> {
  const answer = await showModal('confirm', (dialog) => {
    dialog.setAttribute('aria-describedby', 'confirm-text')
    render(
      html`<h2 id="confirm-title">${title}</h2>
        <p id="confirm-text">${text}</p>
        <div class="modal-foot">
          <sp-button variant="secondary" autofocus @click=${() => dialog.close()}
            >${strings.confirm.cancel}</sp-button
          >
          <sp-button variant="accent" @click=${() => dialog.close('confirmed')}>${word}</sp-button>
        </div>`,
      dialog,
    )
  })
  return answer === 'confirmed'
}
