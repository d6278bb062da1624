import { html, type TemplateResult } from 'lit'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/menu/sp-menu-item.js'
import '@spectrum-web-components/picker/sp-picker.js'
import { fieldView } from '../schema-form/field-view.ts'
import { settle } from '../schema-form/settle.ts'
import { setField } from '../schema-form/text-edits.ts'
import { addableTo, fieldsOf, firstInstruction } from './fields.ts'
import type { ReadComposition } from './reading.ts'
import { idOf } from './rendition-id.ts'
import { type Position, renditionTools } from './rendition-tools.ts'
import { schemaAt } from './schema.ts'

const words = strings.composition

/** One rendition of the form: its fields, and what can be done with it. */
export function renditionFormView({
  rendition,
  problems,
  ...position
}: Position & {
  readonly rendition: Instructions
  /** Of the whole composition. */
  readonly problems: ReadComposition['problems']
}): TemplateResult {
  const { text, base, index, onChange } = position
  const title = words.rendition(
    index + 1,
    typeof rendition['name'] === 'string' ? rendition['name'] : '',
  )
  const at = [...base, index]
  const fields = fieldsOf(rendition)
  const mine = problems
    .filter(({ path }) => at.every((step, depth) => path[depth] === step))
    .map((problem) => ({ ...problem, path: problem.path.slice(at.length) }))
  const change = (path: readonly string[], value: unknown) =>
    onChange(setField(text, [...at, ...path], value))
  const adder = idOf(index, ['add'])
  return html`<li>
    <div class="composed-one" role="group" aria-label=${title}>
      <header>
        <h3>${title}</h3>
        ${renditionTools(position, title)}
      </header>
      ${mine
        .filter(({ path: [name] }) => !fields.some((field) => field.path[0] === name))
        .map(({ message }) => html`<p class="wrong">${message}</p>`)}
      <div class="fields">
        ${fields.map((field) =>
          fieldView(field, {
            id: (path) => idOf(index, path),
            problems: mine,
            change,
            remove(path, event) {
              change(path, undefined)
              settle(event, { focus: `#${adder}` })
            },
          }),
        )}
      </div>
      ${adderView(adder, rendition, (name, event) => {
        const id = idOf(index, [name])
        change([name], firstInstruction(name))
        settle(event, { focus: `#${id}, [id^="${id}-"]` })
      })}
    </div>
  </li>`
}

function adderView(
  id: string,
  rendition: Instructions,
  add: (name: string, event: Event) => void,
): TemplateResult {
  return html`<sp-picker
    id=${id}
    quiet
    size="s"
    label=${words.addInstruction}
    @change=${(event: Event) => {
      const { currentTarget: picker } = event
      if (picker === null || !('value' in picker) || typeof picker.value !== 'string') return
      const { value } = picker
      // It is a menu of what can be added, not what has been chosen.
      picker.value = ''
      if (value !== '') add(value, event)
    }}
  >
    <span slot="label">${words.addInstruction}</span>
    ${addableTo(rendition).map(
      (name) => html`<sp-menu-item value=${name}
        >${name}<span slot="description">${schemaAt([name])?.description}</span></sp-menu-item
      >`,
    )}
  </sp-picker>`
}
