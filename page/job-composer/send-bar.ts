import { html, type TemplateResult } from 'lit'
import { sendDraft } from '../commands/draft-commands.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import type { ReadDraft } from './draft.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = strings.composer

/** What sends the job, and what hinders it. */
export function sendBar(state: State, store: Store, read: ReadDraft): TemplateResult {
  const hindrance = hindranceOf(state, read)
  return html`<div class="run-bar">
    <sp-button
      variant="accent"
      ?disabled=${hindrance !== undefined}
      aria-describedby="send-hint"
      @click=${() => void sendComposed(store)}
      >${words.send}</sp-button
    >
    <span id="send-hint" role="status">${hindrance ?? hintOf(state, read)}</span>
  </div>`
}

/** Sends the job, or leads to the first thing that is wrong if that is why it is not sent. */
export async function sendComposed(store: Store): Promise<void> {
  await sendDraft(store)
  // The JSON has no place for a file.
  if (store.state().draftTried === true) store.change({ draftMode: 'form' })
  requestAnimationFrame(() => {
    const wrong = document.querySelector('.composer .wrong, .composer sp-textfield[invalid]')
    if (store.state().draftTried !== true || wrong === null) return
    wrong.scrollIntoView({ block: 'center' })
    const field = wrong.closest('.field, .upload, .inputs') ?? wrong
    const control = field.querySelector<HTMLElement>(
      'sp-textfield, sp-picker, sp-button, input:not([hidden])',
    )
    control?.focus({ preventScroll: true })
  })
}

function hindranceOf(
  { draft, online, sendingDraft }: State,
  { tasks }: ReadDraft,
): string | undefined {
  if (sendingDraft === true) return words.sending
  if (!online) return words.hindrances.offline
  if (draft === '' || tasks?.length === 0) return words.hindrances.tasks
  return tasks === undefined ? words.hindrances.unreadable : undefined
}

function hintOf(
  { draftTried, draftFiles }: State,
  { tasks = [], problems }: ReadDraft,
): TemplateResult {
  const files = tasks.filter(
    ({ name, operation }) => operation?.name === 'import/upload' && !draftFiles.has(name),
  )
  const [file] = files
  const count = problems.length + files.length
  if (draftTried !== true || count === 0) return html`<kbd>${words.keys}</kbd>`
  return file !== undefined && count === 1
    ? html`${words.noFile(file.name)}`
    : html`${words.unfilled(count)}`
}
