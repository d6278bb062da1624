import { html, LitElement, nothing, type TemplateResult } from 'lit'
import type { SavedCase, TestCase } from '../../src/doors/page/api.ts'
import { messageOf } from '../commands/notices.ts'
import { addressOf } from '../router.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import '@spectrum-web-components/field-label/sp-field-label.js'
import '@spectrum-web-components/help-text/sp-help-text.js'
import '@spectrum-web-components/textfield/sp-textfield.js'
import { pickerView } from './picker.ts'
import { valueOf } from './value-of.ts'
import './modal.css'
import './case-dialog.css'

const words = strings.saveCase

/** Asks under which name a rendition is to become a test case, and says where it was written. It is shown by its method. */
export class CaseDialog extends LitElement {
  static override properties = {
    actions: { attribute: false },
    onSave: { attribute: false },
    action: { state: true },
    name: { state: true },
    problem: { state: true },
    written: { state: true },
  }

  /** The names of the actions that a case can be of. */
  declare actions: readonly string[]
  /** Writes the case; what it throws is shown. */
  declare onSave: (chosen: Pick<SavedCase, 'action' | 'name'>) => Promise<TestCase>
  declare action: string
  declare name: string
  declare problem: string | undefined
  declare written: TestCase | undefined

  #saving = false

  constructor() {
    super()
    this.actions = []
    this.action = ''
    this.name = ''
  }

  /** Asks. */
  show(suggested: Pick<SavedCase, 'action' | 'name'>): void {
    this.action = suggested.action
    this.name = suggested.name
    this.problem = undefined
    this.written = undefined
    this.#dialog()?.showModal()
  }

  protected override createRenderRoot(): this {
    return this
  }

  protected override render(): TemplateResult {
    return html`<dialog class="modal save-case" aria-labelledby="save-case-title">
      <h2 id="save-case-title">${words.title}</h2>
      ${this.written === undefined ? this.#question() : this.#answer(this.written)}
    </dialog>`
  }

  #question(): TemplateResult {
    const { action, actions, name, problem } = this
    return html`<p>${words.about}</p>
      <div class="field">
        <sp-field-label for="case-action">${words.action}</sp-field-label>
        ${pickerView({
          id: 'case-action',
          options: actions.map((value) => ({ value, label: value })),
          value: action,
          onPick: this.#choose,
        })}
      </div>
      <div class="field">
        <sp-field-label for="case-name" required>${words.name}</sp-field-label>
        <sp-textfield
          id="case-name"
          maxlength="100"
          .value=${name}
          ?invalid=${problem !== undefined}
          @input=${this.#type}
          @keydown=${this.#saveByKey}
        >
          <sp-help-text slot="help-text">${words.place(action, name)}</sp-help-text>
          ${
            problem === undefined
              ? nothing
              : html`<sp-help-text slot="negative-help-text">${problem}</sp-help-text>`
          }
        </sp-textfield>
      </div>
      <span class="unseen" role="alert">${problem}</span>
      <div class="modal-foot">
        <sp-button variant="secondary" treatment="outline" @click=${() => this.#dialog()?.close()}
          >${words.cancel}</sp-button
        >
        <sp-button variant="accent" @click=${() => void this.#save()}
          >${words.save}</sp-button
        >
      </div>`
  }

  #answer({ action, name }: TestCase): TemplateResult {
    return html`<p role="status">${words.written(action, name)}</p>
      <div class="modal-foot">
        <a
          href=${addressOf({ view: 'case', action, name })}
          @click=${() => this.#dialog()?.close()}
          >${words.look}</a
        >
        <sp-button variant="accent" @click=${() => this.#dialog()?.close()}>${words.close}</sp-button>
      </div>`
  }

  readonly #choose = (action: string): void => {
    this.action = action
    this.problem = undefined
  }

  readonly #type = (event: Event): void => {
    this.name = valueOf(event)
    this.problem = undefined
  }

  readonly #saveByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    void this.#save()
  }

  async #save(): Promise<void> {
    if (this.#saving) return
    this.#saving = true
    try {
      this.written = await this.onSave({ action: this.action, name: this.name.trim() })
      await this.updateComplete
      // What had the focus is gone.
      this.querySelector<HTMLElement>('.modal-foot a')?.focus()
    } catch (error) {
      this.problem = messageOf(error)
      this.querySelector<HTMLElement>('sp-textfield')?.focus()
    } finally {
      this.#saving = false
    }
  }

  #dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog')
  }
}

customElements.define('case-dialog', CaseDialog)
