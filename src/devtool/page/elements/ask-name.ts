import { html, nothing, render } from 'lit'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import '@spectrum-web-components/field-label/sp-field-label.js'
import '@spectrum-web-components/help-text/sp-help-text.js'
import '@spectrum-web-components/textfield/sp-textfield.js'
import './ask-name.css'
import './confirm.css'

/**
 * Asks the user for a name.
 *
 * @param question.confirm - the word on the button that takes it
 * @param question.problemOf - why a name cannot be taken, in a sentence; undefined when it can
 * @returns the name without blanks around it; undefined when the user does not want to
 */
export function askName(question: {
  title: string
  label: string
  suggested: string
  confirm: string
  problemOf: (name: string) => string | undefined
}): Promise<string | undefined> {
  const answered = Promise.withResolvers<string | undefined>()
  const dialog = document.createElement('dialog')
  dialog.className = 'confirm ask-name'
  dialog.setAttribute('aria-labelledby', 'ask-name-title')
  let name = question.suggested
  const show = (problem?: string): void => {
    render(
      html`<h2 id="ask-name-title">${question.title}</h2>
        <sp-field-label for="asked-name" required>${question.label}</sp-field-label>
        <sp-textfield
          id="asked-name"
          autofocus
          value=${question.suggested}
          maxlength="100"
          ?invalid=${problem !== undefined}
          @input=${type}
          @keydown=${takeByKey}
          >${
            problem === undefined
              ? nothing
              : html`<sp-help-text slot="negative-help-text">${problem}</sp-help-text>`
          }</sp-textfield
        >
        <div>
          <sp-button variant="secondary" @click=${() => dialog.close()}
            >${strings.confirm.cancel}</sp-button
          >
          <sp-button variant="accent" @click=${take}>${question.confirm}</sp-button>
        </div>`,
      dialog,
    )
  }
  const type = ({ target }: InputEvent): void => {
    if (target instanceof HTMLElement && 'value' in target) name = String(target.value)
    show()
  }
  const takeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    take()
  }
  const take = (): void => {
    const problem = question.problemOf(name.trim())
    show(problem)
    if (problem !== undefined) return
    answered.resolve(name.trim())
    dialog.close()
  }
  show()
  dialog.addEventListener('close', () => {
    dialog.remove()
    answered.resolve(undefined)
  })
  document.querySelector('sp-theme')?.append(dialog)
  dialog.showModal()
  return answered.promise
}
