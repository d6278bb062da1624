import { html, nothing, type TemplateResult } from 'lit'
import { sendDraft } from '../commands/draft-commands.ts'
import { type ListedMistake, mistakeList } from '../elements/mistake-list.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { titleOfProblem } from './draft-mistakes.ts'
import type { DraftProblem, ReadDraft } from './draft.ts'
import { goToFile, goToProblem } from './go-to-draft.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = strings.composer

/**
 * What sends the job, and what hinders it.
 *
 * @param problems - all that there is to be said of the draft
 */
export function sendBar(
  state: State,
  store: Store,
  read: ReadDraft,
  problems: readonly DraftProblem[],
): TemplateResult {
  const hindrance = hindranceOf(state, read)
  const mistakes = mistakesOf(state, store, read, problems)
  const remarks = problems
    .filter(({ isRemark }) => isRemark === true)
    .map((remark) => listed(remark, state, store, read))
  const hint =
    mistakes.length > 0 ? words.unfilled(mistakes.length) : html`<kbd>${words.keys}</kbd>`
  return html`<div class="run-bar">
    <sp-button
      variant="accent"
      ?disabled=${hindrance !== undefined}
      aria-describedby="send-hint"
      @click=${() => void sendComposed(store)}
      >${words.send}</sp-button
    >
    <div class="run-bar-hint">
      <span id="send-hint" role="status">${hindrance ?? hint}</span>
      ${
        state.sendingDraft === true
          ? nothing
          : html`${mistakeList('mistakes', mistakes)} ${mistakeList('remarks', remarks)}`
      }
    </div>
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

/** What is wrong; what is only still to be filled in once somebody wants to send it, with the files that are still to be chosen. */
function mistakesOf(
  state: State,
  store: Store,
  read: ReadDraft,
  problems: readonly DraftProblem[],
): readonly ListedMistake[] {
  const { draftTried, draftFiles } = state
  const { tasks = [] } = read
  const wrong = problems
    .filter(({ isRemark }) => isRemark !== true)
    .filter(({ isMissing }) => !isMissing || draftTried === true)
    .map((problem) => listed(problem, state, store, read))
  const files = tasks.flatMap(({ name, operation }, index) =>
    draftTried !== true || operation?.name !== 'import/upload' || draftFiles.has(name)
      ? []
      : [
          {
            title: strings.composition.fieldOf(name, words.file),
            message: words.noFile(name),
            goTo: () => goToFile(index, store),
          },
        ],
  )
  return [...wrong, ...files]
}

function listed(problem: DraftProblem, state: State, store: Store, read: ReadDraft): ListedMistake {
  return {
    title: titleOfProblem(problem),
    message: problem.message,
    goTo: () => goToProblem(problem, state, store, read),
  }
}
