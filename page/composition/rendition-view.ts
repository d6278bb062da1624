import { html, nothing, type TemplateResult } from 'lit'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import { breakable } from '../elements/breakable.ts'
import { choose } from '../elements/choose.ts'
import { buttonIcon, icon } from '../elements/icon.ts'
import { fieldView } from '../schema-form/field-view.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import { settle } from '../schema-form/settle.ts'
import { setField } from '../schema-form/text-edits.ts'
import { strings } from '../strings.ts'
import { addableTo, fieldsOf, firstInstruction } from './fields.ts'
import { marksOf, type RowMarks } from './mistakes.ts'
import type { ReadComposition } from './reading.ts'
import { idOf } from './rendition-id.ts'
import { type Position, renditionTools } from './rendition-tools.ts'
import { schemaAt } from './schema.ts'
import { toggle } from './unfolded.ts'

const words = strings.composition

/** Which instructions have a column of their own. */
const IN_COLUMNS: ReadonlySet<string> = new Set([
  'name',
  'fmt',
  'width',
  'wid',
  'height',
  'hei',
  'quality',
  'qlt',
])

/** One rendition of the table: a row, and its fields while it is unfolded. */
export function renditionFormView({
  rendition,
  problems,
  ...position
}: Position & {
  readonly rendition: Instructions
  /** Of the whole composition. */
  readonly problems: ReadComposition['problems']
}): TemplateResult {
  const { base, index, unfolded, onUnfold } = position
  const name = textOf(rendition['name'])
  const title = words.rendition(index + 1, name)
  const marks = marksOf({ base, problems }, index)
  const isOpen = unfolded.includes(index)
  const others = isOpen ? '' : othersOf(rendition)
  const fields = idOf(index, ['fields'])
  return html`<tbody ?data-open=${isOpen}>
    <tr>
      <th scope="row">
        <button
          class="unfold"
          type="button"
          id=${idOf(index, ['row'])}
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-controls=${isOpen ? fields : nothing}
          aria-label=${words.fieldsOf(title)}
          @click=${() => onUnfold(toggle(unfolded, index))}
        >
          ${icon('chevron-right')}
          <bdi title=${name}>${name === '' ? words.rendition(index + 1, '') : breakable(name)}</bdi>
        </button>
        ${others === '' ? nothing : html`<span class="others">${others}</span>`} ${marksView(marks)}
      </th>
      <td class="of-format">${textOf(rendition['fmt'])}</td>
      <td class="of-size">${sizeOf(rendition)}</td>
      <td class="of-tools">${renditionTools(position, title)}</td>
    </tr>
    ${
      isOpen
        ? html`<tr class="unfolded">
            <td colspan="4" id=${fields}>${fieldsView(rendition, marks, position, title)}</td>
          </tr>`
        : nothing
    }
  </tbody>`
}

function marksView({ mistakes, remarks }: RowMarks): TemplateResult | typeof nothing {
  if (mistakes.length > 0) {
    return html`<span class="mark wrong" title=${mistakes.map(({ message }) => message).join('\n')}
      >${icon('alert')}${words.mistakes(mistakes.length)}</span
    >`
  }
  const [first] = remarks
  return first === undefined
    ? nothing
    : html`<span class="mark remark" title=${remarks.map(({ message }) => message).join('\n')}
        >${icon('alert-triangle')}${first.message}</span
      >`
}

function sizeOf(rendition: Instructions): string {
  const width = textOf(rendition['width'] ?? rendition['wid'])
  const height = textOf(rendition['height'] ?? rendition['hei'])
  if (width === '' && height === '') return ''
  return words.size(width === '' ? words.any : width, height === '' ? words.any : height)
}

/** The quality, and the names of all instructions that have no column. */
function othersOf(rendition: Instructions): string {
  const quality = textOf(rendition['quality'] ?? rendition['qlt'])
  const others = Object.keys(rendition).filter((name) => !IN_COLUMNS.has(name))
  return [...(quality === '' ? [] : [words.quality(quality)]), ...others].join(', ')
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined ? '' : JSON.stringify(value)
}

function fieldsView(
  rendition: Instructions,
  { mistakes, remarks }: RowMarks,
  { text, base, index, onChange }: Position,
  title: string,
): TemplateResult {
  const at = [...base, index]
  const fields = fieldsOf(rendition)
  const mine = [...mistakes, ...remarks]
  const change = (path: readonly string[], value: unknown) =>
    onChange(setField(text, [...at, ...path], value))
  const adder = idOf(index, ['add'])
  return html`<div class="rendition-fields" role="group" aria-label=${title}>
    ${mine
      .filter(({ path: [name] }) => !fields.some((field) => field.path[0] === name))
      .map(
        ({ message, isRemark }) =>
          html`<p class=${isRemark === true ? 'remark' : 'wrong'}>${message}</p>`,
      )}
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
    <sp-action-button
      id=${adder}
      size="s"
      aria-haspopup="dialog"
      @click=${async (event: Event) => {
        // The event is over when the user has chosen.
        const { currentTarget } = event
        const name = await chooseInstruction(rendition, title)
        if (name === undefined) return
        const id = idOf(index, [name])
        change([name], firstInstruction(name))
        settle({ currentTarget }, { focus: `#${id}, [id^="${id}-"]` })
      }}
      >${buttonIcon('add')}${words.addInstruction}</sp-action-button
    >
  </div>`
}

/** Has the user choose one of the instructions that a rendition does not have yet. */
async function chooseInstruction(
  rendition: Instructions,
  title: string,
): Promise<string | undefined> {
  const choices = addableTo(rendition).map((name) => ({
    value: name,
    sentence: schemaAt([name])?.description ?? '',
  }))
  return choose({
    title: words.addInstructionTo(title),
    search: words.searchInstruction,
    groups: [{ title: words.instructions, choices }],
  })
}
