import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { EMAIL_WISHES } from '../../../src/doors/page/exports/export-shapes.ts'
import { pickerView } from '../../elements/picker.ts'
import { valueOf } from '../../elements/value-of.ts'
import type { State, Store } from '../../state.ts'
import { copyOfDraft } from '../copies/copied-export.ts'
import { copiesView } from '../copies/copies-view.ts'
import { editDraft, submitDraft } from '../export-draft.ts'
import { exportWords } from '../export-words.ts'
import { hindranceOf, nameOfDraft } from './draft-rules.ts'
import { filesView } from './files-view.ts'
import { pickView } from './pick-view.ts'
import { previewView } from './preview-view.ts'
import '@spectrum-web-components/button/sp-button.js'
import '@spectrum-web-components/field-label/sp-field-label.js'

const words = exportWords.draft

/** The most letters of the name of a job. */
const LONGEST_NAME = 200

/** An export that is being put together. */
export function draftView(state: State, store: Store, folder: string): TemplateResult {
  return html`<h1>${words.title}</h1>
    <p class="list-lead">${words.lead}</p>
    <div class="export-columns export-draft">
      ${pickView(state, store, folder)}
      <div>
        ${filesView(state, store)} ${previewView(state.exports)} ${jobView(state, store)}
      </div>
    </div>`
}

/** What the job is called, whom it is told to, and the way to submit it. */
function jobView({ exports }: State, store: Store): TemplateResult {
  const { draft, preview, late, sending } = exports
  const hindrance = hindranceOf(exports)
  return html`<section aria-labelledby="export-job">
    <h2 id="export-job">${words.job}</h2>
    <div class="export-field">
      <label for="export-name">${words.name}</label>
      <input
        type="text"
        id="export-name"
        maxlength=${LONGEST_NAME}
        autocomplete="off"
        .value=${live(nameOfDraft(draft))}
        @input=${(event: Event) => editDraft(store, { name: valueOf(event) })}
      />
    </div>
    <div class="export-field">
      <sp-field-label for="export-wish">${words.mail}</sp-field-label>
      ${pickerView({
        id: 'export-wish',
        options: EMAIL_WISHES.map((value) => ({ value, label: exportWords.wishes[value] })),
        value: draft.emailSetting,
        onPick: (emailSetting) => editDraft(store, { emailSetting }),
      })}
    </div>
    <div class="export-foot">
      <sp-button
        variant="accent"
        ?disabled=${hindrance !== undefined || late || sending}
        @click=${() => void submitDraft(store)}
        >${sending ? words.submitting : words.submit}</sp-button
      >
      <p class="export-hindrance" role="status">${hindrance ?? ''}</p>
    </div>
    ${
      preview === undefined || hindrance !== undefined || late
        ? nothing
        : copiesView(copyOfDraft(draft, preview))
    }
  </section>`
}
