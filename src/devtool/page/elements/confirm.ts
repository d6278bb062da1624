import { html, render } from 'lit'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import './confirm.css'

/**
 * Asks the user before something is done that cannot be undone here.
 *
 * @param question.confirm - the word on the button that has it done
 * @returns whether it is to be done
 */
export function confirm(question: {
  title: string
  text: string
  confirm: string
}): Promise<boolean> {
  const answered = Promise.withResolvers<boolean>()
  const dialog = document.createElement('dialog')
  dialog.className = 'confirm'
  dialog.setAttribute('aria-labelledby', 'confirm-title')
  dialog.setAttribute('aria-describedby', 'confirm-text')
  render(
    html`<h2 id="confirm-title">${question.title}</h2>
      <p id="confirm-text">${question.text}</p>
      <div>
        <sp-button variant="secondary" autofocus @click=${() => dialog.close()}
          >${strings.confirm.cancel}</sp-button
        >
        <sp-button variant="accent" @click=${() => dialog.close('confirmed')}
          >${question.confirm}</sp-button
        >
      </div>`,
    dialog,
  )
  dialog.addEventListener('close', () => {
    dialog.remove()
    answered.resolve(dialog.returnValue === 'confirmed')
  })
  // Within the theme, which its colours come from.
  document.querySelector('sp-theme')?.append(dialog)
  dialog.showModal()
  return answered.promise
}
