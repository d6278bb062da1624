import { html, nothing, render } from 'lit'
import { strings } from '../strings.ts'
import { showModal } from './modal.ts'
import '@spectrum-web-components/button/sp-button.js'
import '@spectrum-web-components/field-label/sp-field-label.js'
import '@spectrum-web-components/help-text/sp-help-text.js'
import '@spectrum-web-components/textfield/sp-textfield.js'
import './ask-name.css'

/** What is asked. */
export interface NameQuestion {
  readonly title: string
  readonly label: string
  readonly suggested: string
  /** The word on the button that takes the name. */
  readonly confirm: string
  /** Why a name cannot be taken, such as an empty one, in a sentence; undefined when it can. */
  readonly problemOf: (name: string) => string | undefined
}

/**
 * Asks the user for a name.
 *
 * @returns the name without blanks around it; undefined when the user does not want to
 */
export async function askName(question: NameQuestion): Promise<string | undefined> {
  const name = await showModal('ask-name', (dialog) => fill(dialog, question))
  return name === '' ? undefined : name
}

function fill(dialog: HTMLDialogElement, question: NameQuestion): void {
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
        <div class="modal-foot">
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
    if (problem === undefined) dialog.close(name.trim())
  }
  show()
}
