import { html, type TemplateResult } from 'lit'
import { choose } from '../elements/choose.ts'
import { buttonIcon } from '../elements/icon.ts'
import { fieldView } from '../schema-form/field-view.ts'
import { toField } from '../schema-form/field.ts'
import { idAt, settle } from '../schema-form/settle.ts'
import { setField } from '../schema-form/text-edits.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { addTask, EMPTY_DRAFT } from './draft-edits.ts'
import { JOB_OPTIONS } from './draft-language.ts'
import type { DraftProblem, DraftTask, ReadDraft } from './draft.ts'
import { noteOf } from './makers.ts'
import { eachOperation, type OperationGroup, type Operations } from './operations.ts'
import { taskId } from './placed-task.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = strings.composer

const GROUPS: readonly OperationGroup[] = ['import', 'make', 'export']

interface Adding {
  readonly operations: Operations
  readonly tasks: readonly DraftTask[]
  readonly state: State
  readonly store: Store
}

/** What has a task added. */
export function addTaskView(adding: Adding): TemplateResult {
  return html`<sp-button
    class="add-task"
    size="s"
    variant="secondary"
    @click=${({ currentTarget }: Event) => void chooseTask(adding, currentTarget)}
  >
    ${buttonIcon('add')}${words.addTask}
  </sp-button>`
}

async function chooseTask(
  { operations, tasks, store }: Adding,
  button: EventTarget | null,
): Promise<void> {
  const each = eachOperation(operations)
  const { makers = [] } = store.state()
  const chosen = await choose({
    title: words.addTask,
    search: words.searchOperations,
    groups: GROUPS.map((group) => ({
      title: words.groups[group],
      choices: each
        .filter((operation) => operation.group === group)
        .map(({ name, sentence }) => ({ value: name, sentence, note: noteOf(name, makers) })),
    })),
  })
  const operation = operations.get(chosen ?? '')
  if (operation === undefined) return
  const { draft } = store.state()
  const added = addTask(draft === '' ? EMPTY_DRAFT : draft, operation, tasks)
  store.change({ draft: added.text, draftMode: 'form' })
  // The first one takes the place of the templates, and of the button.
  const place = button instanceof Element ? button.closest('.composition') : null
  const id = taskId(tasks.length, 'name')
  settle({ currentTarget: place }, { said: words.added(added.name), focus: `#${id}` })
}

/** What the job has besides its tasks. */
export function jobView({
  read: { body },
  problems,
  state,
  store,
}: {
  readonly read: ReadDraft
  readonly problems: readonly DraftProblem[]
  readonly state: State
  readonly store: Store
}): TemplateResult {
  const given = Object.keys(body).filter((name) => name !== 'tasks' && !(name in JOB_OPTIONS))
  const fields = [
    ...Object.entries(JOB_OPTIONS).map(([name, schema]) =>
      toField([name], schema, body[name], true),
    ),
    ...given.map((name) => toField([name], undefined, body[name], false)),
  ]
  const change = (path: readonly string[], value: unknown): void =>
    store.change({ draft: setField(state.draft, [...path], value) })
  return html`<section class="composed-one" aria-labelledby="job-itself">
    <h3 id="job-itself">${words.job}</h3>
    ${problems
      .filter(({ path: [first] }) => first === undefined || (first === 'tasks' && state.draftTried))
      .filter(({ path }) => path.length < 2)
      .map(({ message }) => html`<p class="wrong">${message}</p>`)}
    <div class="fields">
      ${fields.map((field) =>
        fieldView(field, {
          id: (path) => idAt('job', path),
          problems: problems.filter(({ path: [first] }) => first === field.path[0]),
          change,
          remove(path, event) {
            change(path, undefined)
            settle(event, { focus: '.add-task' })
          },
        }),
      )}
    </div>
  </section>`
}
