import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { buttonIcon } from '../elements/icon.ts'
import { unlessTyping } from '../elements/unless-typing.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/field-label/sp-field-label.js'
import '@spectrum-web-components/help-text/sp-help-text.js'
import '@spectrum-web-components/menu/sp-menu-item.js'
import '@spectrum-web-components/picker/sp-picker.js'
import '@spectrum-web-components/switch/sp-switch.js'
import '@spectrum-web-components/textfield/sp-textfield.js'
import { dictionaryView } from './dictionary-view.ts'
import { type Field, shownIn, valueOfField } from './field.ts'
import type { ValueProblem } from './syntax.ts'

const words = strings.composition

/** A text of more characters, such as a file in base64, is scrolled in its field rather than with the page. */
const MOST_SHOWN_WHOLE = 2000

/** Where a field is, what is wrong there, and whom it tells. */
interface Surroundings {
  /** The id of what is at a path. */
  readonly id: (path: readonly string[]) => string
  /** Of what the form is about, their paths inside of it. */
  readonly problems: readonly ValueProblem[]
  /** Undefined takes the field out. */
  readonly change: (path: readonly string[], value: unknown) => void
  /** Takes a field out because of a click. */
  readonly remove: (path: readonly string[], event: Event) => void
}

/** One field of a form, or a group of them, with the sentence that says what is wrong with it. */
export function fieldView(field: Field, surroundings: Surroundings): TemplateResult {
  const { path, kind, members, common, description } = field
  const { id } = surroundings
  const name = path.join('.')
  const remove = common
    ? nothing
    : html`<sp-action-button
        quiet
        size="xs"
        label=${words.removeInstruction(name)}
        @click=${(event: Event) => surroundings.remove(path, event)}
        >${buttonIcon('close')}</sp-action-button
      >`
  if (kind === 'group') {
    return html`<fieldset>
      <legend>${name}${remove}</legend>
      ${description === undefined ? nothing : html`<p>${description}</p>`}
      ${problemsAt(surroundings, path, members).map((message) => html`<p class="wrong">${message}</p>`)}
      ${remarksAt(surroundings, path, members)}
      <div class="fields">${members.map((member) => plainField(member, surroundings))}</div>
    </fieldset>`
  }
  return html`<div class="field ${kind}">
    <div class="label">
      ${labelOf(field, id(path), name)}${remove}
    </div>
    ${control(field, surroundings)} ${remarksAt(surroundings, path, [])}
  </div>`
}

function plainField(field: Field, surroundings: Surroundings): TemplateResult {
  const { path } = field
  return html`<div class="field ${field.kind}">
    ${labelOf(field, surroundings.id(path), path.at(-1) ?? '')}
    ${control(field, surroundings)}
  </div>`
}

/** A group of fields has a name, but no control that a label could be for. */
function labelOf({ kind }: Field, id: string, name: string): TemplateResult {
  return kind === 'dictionary'
    ? html`<span class="field-name" id="${id}-label">${name}</span>`
    : html`<sp-field-label size="s" for=${id}>${name}</sp-field-label>`
}

function control(field: Field, surroundings: Surroundings): TemplateResult {
  const { path, kind, common, description, choices } = field
  const { id, change } = surroundings
  const wrong = problemsAt(surroundings, path, [])
  const onText = ({ currentTarget }: Event) => {
    if (hasText(currentTarget)) change(path, valueOfField(field, currentTarget.value))
  }
  const help = html`${
    common || description === undefined
      ? nothing
      : html`<sp-help-text slot="help-text">${description}</sp-help-text>`
  }${
    wrong.length === 0
      ? nothing
      : html`<sp-help-text slot="negative-help-text" variant="negative"
          >${wrong.join(' ')}</sp-help-text
        >`
  }`
  if (kind === 'flag') {
    return html`<sp-switch
        id=${id(path)}
        size="s"
        .checked=${field.value === true}
        @change=${({ currentTarget }: Event) => {
          if (isChecked(currentTarget)) change(path, currentTarget.checked)
        }}
        >${description ?? path.at(-1)}</sp-switch
      >
      ${wrong.map((message) => html`<p class="wrong">${message}</p>`)}`
  }
  if (kind === 'choice') {
    return html`<sp-picker
        id=${id(path)}
        size="s"
        .value=${shownIn(field)}
        ?invalid=${wrong.length > 0}
        @change=${onText}
      >
        ${choices.map((choice) => html`<sp-menu-item value=${choice}>${choice}</sp-menu-item>`)}
      </sp-picker>
      ${common || description === undefined ? nothing : html`<p class="about">${description}</p>`}
      ${wrong.map((message) => html`<p class="wrong">${message}</p>`)}`
  }
  if (kind === 'dictionary') {
    return html`${dictionaryView(field, id(path), change)}
      ${description === undefined ? nothing : html`<p class="about">${description}</p>`}
      ${wrong.map((message) => html`<p class="wrong">${message}</p>`)}`
  }
  const isLong = kind === 'json' || kind === 'lines'
  const shown = shownIn(field)
  // JSON is read when it is complete; until then, each key would lay it out anew under the cursor.
  return html`<sp-textfield
    id=${id(path)}
    size="s"
    type=${kind === 'password' ? 'password' : 'text'}
    autocomplete=${kind === 'password' ? 'new-password' : 'off'}
    ?multiline=${isLong}
    ?grows=${isLong && shown.length <= MOST_SHOWN_WHOLE}
    .value=${kind === 'json' ? unlessTyping(shown) : live(shown)}
    ?invalid=${wrong.length > 0}
    @input=${kind === 'json' ? nothing : onText}
    @change=${kind === 'json' ? onText : nothing}
    >${help}</sp-textfield
  >`
}

/** What is wrong with what is at a path, or with something inside of it that is not one of its members here. */
function problemsAt(
  surroundings: Surroundings,
  path: readonly string[],
  members: readonly Field[],
): readonly string[] {
  return toldAt(surroundings, path, members)
    .filter(({ isRemark }) => !isRemark)
    .map(({ message }) => message)
}

/** What is likely a mistake there, though nothing hinders it. */
function remarksAt(
  surroundings: Surroundings,
  path: readonly string[],
  members: readonly Field[],
): readonly TemplateResult[] {
  return toldAt(surroundings, path, members)
    .filter(({ isRemark }) => isRemark)
    .map(({ message }) => html`<p class="remark">${message}</p>`)
}

function toldAt(
  { problems }: Surroundings,
  path: readonly string[],
  members: readonly Field[],
): readonly ValueProblem[] {
  return problems
    .filter((problem) => path.every((step, depth) => problem.path[depth] === step))
    .filter(
      ({ path: [...at] }) => !members.some((member) => at[path.length] === member.path.at(-1)),
    )
}

/** Whether something can be typed into it. */
export function hasText(target: EventTarget | null): target is EventTarget & { value: string } {
  return target !== null && 'value' in target && typeof target.value === 'string'
}

function isChecked(target: EventTarget | null): target is EventTarget & { checked: boolean } {
  return target !== null && 'checked' in target && typeof target.checked === 'boolean'
}
