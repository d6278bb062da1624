import { html, nothing, type TemplateResult } from 'lit'
import { discardDraft, startDraft } from '../commands/draft-commands.ts'
import type { Tab } from '../elements/tab-set.ts'
import { jsonView } from '../schema-form/json-view.ts'
import { locate, readTree } from '../schema-form/syntax.ts'
import { unreadableView } from '../schema-form/unreadable.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { copyJobView } from './copy-job-view.ts'
import { draftLanguage } from './draft-language.ts'
import { type DraftProblem, inspectDraft, type ReadDraft } from './draft.ts'
import { addTaskView, jobView } from './job-view.ts'
import { type Operations, operationsOf } from './operations.ts'
import { sendBar } from './send-bar.ts'
import { taskView } from './task-view.ts'
import { TEMPLATES } from './templates.ts'
import '../elements/tab-set.ts'

const words = strings.composer

const MODES = ['form', 'json'] as const

/** A job that is being composed. */
export function composerView(state: State, store: Store): TemplateResult {
  const { apiDocument } = state
  if (apiDocument === undefined) {
    return html`<h1>${words.title}</h1>
      <p class="late">${words.loading}</p>`
  }
  const operations = operationsOf(apiDocument)
  const read = inspectDraft(state.draft, operations)
  const problems = problemsOf(state, read)
  // Who empties the editor wants to write something else into it.
  const isBeginning = state.draft === '' && state.draftMode === 'form'
  return html`
    <div class="composer-head">
      <h1>${words.title}</h1>
      ${
        isBeginning
          ? nothing
          : html`<sp-action-button size="s" quiet @click=${() => void discardDraft(store)}
              >${words.startOver}</sp-action-button
            >`
      }
    </div>
    <p class="lead">${words.lead}</p>
    ${hiddenView(state)}
    <div class="composer">
      <div class="composition">
        ${
          isBeginning
            ? html`${templatesView(store)} ${addTaskView({ operations, tasks: [], state, store })}`
            : html`<h2 class="unseen">${words.tasks}</h2>
                ${tabsView({ state, store, operations, read, problems })}`
        }
        <div class="said" role="status"></div>
      </div>
      <aside>${copyJobView(state, read)}</aside>
      ${sendBar(state, store, read, isBeginning ? [] : problems)}
    </div>
  `
}

function hiddenView({ draftHidden = [] }: State): TemplateResult | typeof nothing {
  return draftHidden.length === 0
    ? nothing
    : html`<p class="composer-note" role="note">${words.hidden(draftHidden)}</p>`
}

function templatesView(store: Store): TemplateResult {
  return html`<h2>${words.start}</h2>
    <ul class="templates" role="list">
      ${TEMPLATES.map(
        ({ title, sentence, tasks }) => html`<li>
          <button
            type="button"
            @click=${() => startDraft(store, JSON.stringify({ tasks }, undefined, 2))}
          >
            <strong>${title}</strong><span>${sentence}</span>
          </button>
        </li>`,
      )}
    </ul>`
}

/** A draft as it is shown. */
interface ShownDraft {
  readonly state: State
  readonly store: Store
  readonly operations: Operations
  readonly read: ReadDraft
  readonly problems: readonly DraftProblem[]
}

function tabsView(shown: ShownDraft): TemplateResult {
  const { state, store, operations, problems } = shown
  const { draft } = state
  const change = (text: string): void => store.change({ draft: text })
  const content = {
    form: () => formView(shown),
    json: () =>
      jsonView({ text: draft, language: languageOf(operations), problems, onChange: change }),
  }
  const tabs: readonly Tab[] = MODES.map((id) => ({
    id,
    title: strings.composition[id],
    content: () => html`<div class="panel">${content[id]()}</div>`,
  }))
  const chooseMode = ({ detail }: CustomEvent<string>): void => {
    const chosen = MODES.find((each) => each === detail)
    if (chosen !== undefined) store.change({ draftMode: chosen })
  }
  return html`<tab-set
    label=${words.view}
    .tabs=${tabs}
    .selected=${state.draftMode}
    @choose=${chooseMode}
  ></tab-set>`
}

function formView({ state, store, operations, read, problems }: ShownDraft): TemplateResult {
  const { draft } = state
  const { tasks } = read
  if (tasks === undefined) {
    return unreadableView(draft, problems, () => store.change({ draftMode: 'json' }))
  }
  // What is only still to be filled in is told of once somebody wants to send it.
  const shown = problems.filter(({ isMissing }) => !isMissing || state.draftTried === true)
  return html`
    ${tasks.length === 0 ? html`<p>${words.noTasks}</p>` : nothing}
    <ol class="composed">
      ${tasks.map((task, index) => taskView({ task, index, tasks, problems: shown, state, store }))}
    </ol>
    ${addTaskView({ operations, tasks, state, store })} ${jobView({ read, problems: shown, state, store })}
  `
}

let language: { operations: Operations; made: ReturnType<typeof draftLanguage> } | undefined

/** The same for the same operations, since an editor is opened with it. */
function languageOf(operations: Operations): ReturnType<typeof draftLanguage> {
  if (language?.operations !== operations) {
    language = { operations, made: draftLanguage(operations) }
  }
  return language.made
}

/** What is wrong by what is known here, and what the service said of the very same draft. */
function problemsOf(
  { draft, draftRefusal }: State,
  { problems }: ReadDraft,
): readonly DraftProblem[] {
  if (draftRefusal?.draft !== draft) return problems
  const refused = Object.entries(draftRefusal.errors).flatMap(([field, sentences]) =>
    sentences.map((message) => ({ message, path: field.split('.'), isMissing: false })),
  )
  const tree = readTree(draft)
  return [
    ...problems,
    ...refused.map((problem) => {
      const { offset, length } = locate(tree, problem.path)
      return { ...problem, offset, length }
    }),
  ]
}
