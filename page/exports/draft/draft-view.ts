import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { EMAIL_WISHES } from '../../../src/doors/page/exports/export-shapes.ts'
import { addressOf } from '../../router.ts'
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

const words = exportWords.draft

/** The most letters of the name of a job. */
const LONGEST_NAME = 200

/** An export that is being put together. */
export function draftView(state: State, store: Store, folder: string): TemplateResult {
  return html`<nav class="job-way" aria-label=${exportWords.job.toExports}>
      <a href=${addressOf({ view: 'exports' })}>${exportWords.job.toExports}</a>
    </nav>
    <h1>${words.title}</h1>
    <p class="jobs-lead">${words.lead}</p>
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
        @input=${({ currentTarget }: Event) => {
          if (currentTarget instanceof HTMLInputElement) {
            editDraft(store, { name: currentTarget.value })
          }
        }}
      />
    </div>
    <div class="export-field">
      <label for="export-wish">${words.mail}</label>
      <select
        id="export-wish"
        @change=${({ currentTarget }: Event) => {
          if (!(currentTarget instanceof HTMLSelectElement)) return
          const emailSetting = EMAIL_WISHES.find((each) => each === currentTarget.value) ?? 'None'
          editDraft(store, { emailSetting })
        }}
      >
        ${EMAIL_WISHES.map(
          (wish) =>
            html`<option value=${wish} .selected=${wish === draft.emailSetting}
              >${exportWords.wishes[wish]}</option
            >`,
        )}
      </select>
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
