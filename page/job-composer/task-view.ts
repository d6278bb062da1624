import { html, nothing, type TemplateResult } from 'lit'
import { choose } from '../elements/choose.ts'
import { buttonIcon } from '../elements/icon.ts'
import { unlessTyping } from '../elements/unless-typing.ts'
import { fieldView } from '../schema-form/field-view.ts'
import { type Field, toField } from '../schema-form/field.ts'
import { firstValue, membersOf, requiredOf } from '../schema-form/json-schema.ts'
import { settle } from '../schema-form/settle.ts'
import { showValue } from '../schema-form/shown-value.ts'
import { setField } from '../schema-form/text-edits.ts'
import type { State } from '../state.ts'
import { strings } from '../strings.ts'
import { removeTask, renameTask } from './draft-edits.ts'
import { type DraftTask, problemOfName } from './draft.ts'
import { inputsView } from './inputs-view.ts'
import { makersView } from './makers-view.ts'
import { type PlacedTask, taskId } from './placed-task.ts'
import { uploadView } from './upload-view.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/field-label/sp-field-label.js'
import '@spectrum-web-components/help-text/sp-help-text.js'
import '@spectrum-web-components/textfield/sp-textfield.js'

const words = strings.composer

/** One task of the form: its name, whose files it takes, its own file, and its options. */
export function taskView(placed: PlacedTask): TemplateResult {
  const { task, index, tasks, state, store } = placed
  const { name, operation } = task
  const { draft } = state
  const mine = placed.problems
    .filter(({ path }) => path[0] === 'tasks' && path[1] === name)
    .map((problem) => ({ ...problem, path: problem.path.slice(2) }))
  const fields = fieldsOf(task)
  const shown = new Set(['input', ...fields.map(({ path: [first] }) => first)])
  const change = (path: readonly string[], value: unknown): void =>
    store.change({ draft: setField(draft, ['tasks', name, ...path], value) })
  const remove = (event: Event): void => {
    store.change({
      draft: removeTask(draft, name, tasks),
      draftFiles: without(state.draftFiles, name),
    })
    const focus = index === 0 ? '.add-task' : `#${taskId(index - 1, 'remove')}`
    settle(event, { said: words.removed(name), focus })
  }
  return html`<li>
    <div class="composed-one task" role="group" aria-label=${name}>
      <header>
        <div>
          <h3>${showValue(task.options['operation'])}</h3>
          <p class="about">${operation?.sentence}</p>
          ${makersView(placed)}
        </div>
        <sp-action-button
          quiet
          size="s"
          id=${taskId(index, 'remove')}
          label=${words.remove(name)}
          @click=${remove}
          >${buttonIcon('delete')}</sp-action-button
        >
      </header>
      ${mine
        .filter(({ path: [first] }) => !shown.has(String(first)))
        .map(({ message }) => html`<p class="wrong">${message}</p>`)}
      <div class="task-links">
        ${nameView(placed)} ${inputsView(placed, mine)} ${uploadView(placed)}
      </div>
      <div class="fields">
        ${fields.map((field) =>
          fieldView(field, {
            id: (path) => taskId(index, ...path),
            problems: mine,
            change,
            remove(path, event) {
              change(path, undefined)
              settle(event, { focus: `#${taskId(index, 'add')}` })
            },
          }),
        )}
      </div>
      ${
        operation === undefined
          ? nothing
          : html`<sp-action-button
              quiet
              size="s"
              id=${taskId(index, 'add')}
              label=${words.addOptionTo(name)}
              @click=${({ currentTarget }: Event) => void addOption(placed, fields, currentTarget)}
              >${buttonIcon('add')}${words.addOption}</sp-action-button
            >`
      }
    </div>
  </li>`
}

function nameView({ task: { name }, index, tasks, state, store }: PlacedTask): TemplateResult {
  const id = taskId(index, 'name')
  const others = tasks.map((each) => each.name).filter((each) => each !== name)
  const rename = (event: Event): void => {
    const { currentTarget: field } = event
    if (!(field instanceof HTMLElement) || !('value' in field)) return
    const wanted = String(field.value).trim()
    const problem = wanted === name ? undefined : problemOfName(wanted, others)
    field.toggleAttribute('invalid', problem !== undefined)
    const told = field.querySelector('sp-help-text')
    if (told !== null) told.textContent = problem ?? ''
    if (problem !== undefined || wanted === name) return
    store.change({
      draft: renameTask(state.draft, name, wanted),
      draftFiles: new Map(
        Array.from(state.draftFiles, ([task, file]) => [task === name ? wanted : task, file]),
      ),
    })
  }
  return html`<div class="field text">
    <sp-field-label size="s" for=${id}>${words.name}</sp-field-label>
    <sp-textfield
      id=${id}
      size="s"
      autocomplete="off"
      .value=${unlessTyping(name)}
      @change=${rename}
      ><sp-help-text slot="negative-help-text" variant="negative"></sp-help-text
    ></sp-textfield>
  </div>`
}

/** What must be filled in, and all that is. */
function fieldsOf({ operation, options }: DraftTask): readonly Field[] {
  const schema = operation?.schema ?? {}
  const members = membersOf(schema)
  const needed = requiredOf(schema).filter((name) => !isOwn(name))
  const given = Object.keys(options).filter(
    (name) => !isOwn(name) && !needed.includes(name) && !isInput(name, operation?.inputs),
  )
  return [
    ...needed.map((name) => toField([name], members[name], options[name], true)),
    ...given.map((name) => toField([name], members[name], options[name], false)),
  ]
}

function isOwn(name: string): boolean {
  return name === 'operation' || name === 'input'
}

/** An `input` that an operation does not take is one of its options that nothing is known of. */
function isInput(name: string, inputs: string | undefined): boolean {
  return name === 'input' && inputs !== 'none'
}

async function addOption(
  { task: { name, operation }, index, store }: PlacedTask,
  fields: readonly Field[],
  button: EventTarget | null,
): Promise<void> {
  const shown = new Set(fields.map(({ path: [first] }) => first))
  const members = membersOf(operation?.schema ?? {})
  const choices = Object.entries(members)
    .filter(([option]) => !isOwn(option) && !shown.has(option))
    .map(([option, { description = '' }]) => ({ value: option, sentence: description }))
  const chosen = await choose({
    title: words.addOptionTo(name),
    search: words.searchOptions,
    groups: [{ title: operation?.name ?? '', choices }],
  })
  if (chosen === undefined) return
  const value = firstValue(members[chosen] ?? {})
  store.change({ draft: setField(store.state().draft, ['tasks', name, chosen], value) })
  const id = taskId(index, chosen)
  settle({ currentTarget: button }, { focus: `#${id}, [id^="${id}-"]` })
}

/** The files but that of a task. */
function without(files: State['draftFiles'], task: string): State['draftFiles'] {
  return new Map([...files].filter(([name]) => name !== task))
}
