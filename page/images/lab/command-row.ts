import { html, nothing, type TemplateResult } from 'lit'
import { COMMANDS } from '../../../src/image-serving/commands/commands.ts'
import { findDefaultMacro } from '../../../src/image-serving/default-macros.ts'
import { buttonIcon } from '../../elements/icon.ts'
import { type ArgumentField, fieldsOf, writeFields } from './argument-fields.ts'
import type { CommandLine } from './command-lines.ts'
import type { EditedCommands } from './edited-commands.ts'
import { alignControl, fieldControl } from './field-control.ts'
import { labWords as words } from './lab-words.ts'
import { removeLine, setValue } from './line-edits.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

/** Commands whose values are names of assets. */
const OF_ASSETS = new Set(['src', 'mask', 'template', 'defaultImage'])

/** A line of a request: what it says, in controls, and what there is to say of it. */
export function commandRow(line: CommandLine, panel: EditedCommands): TemplateResult {
  const { index, name, command, remark } = line
  const problem = panel.fault?.index === index ? panel.fault.message : line.problem
  const shown = command ?? (name === '' ? line.text : name)
  return html`<li class="lab-row ${problem === undefined ? '' : 'wrong'}">
    <div class="lab-row-head">
      <span class="lab-name">${line.kind === 'macro' ? `$${name}$` : shown}</span>
      <span class="lab-fields">${controls(line, panel)}</span>
      <sp-action-button
        quiet
        size="xs"
        label=${words.remove(shown)}
        @click=${() => panel.change(removeLine(panel.lines, index))}
        >${buttonIcon('close')}</sp-action-button
      >
    </div>
    ${problem === undefined ? nothing : html`<p class="lab-problem">${problem}</p>`}
    ${remark === undefined ? nothing : html`<p class="lab-remark">${remark}</p>`}
    ${aboutOf(line, panel)}
  </li>`
}

function aboutOf({ command, kind, name }: CommandLine, { presets }: EditedCommands) {
  if (kind === 'macro') {
    const preset = presets.find((each) => each.name.toLowerCase() === name.toLowerCase())
    const commands = preset?.commands ?? findDefaultMacro(name) ?? words.notFound
    return html`<p class="lab-about"><code>${commands}</code></p>`
  }
  return command === undefined
    ? nothing
    : html`<p class="lab-about">${COMMANDS[command].sentence}</p>`
}

function controls(line: CommandLine, panel: EditedCommands): TemplateResult | TemplateResult[] {
  const { index, command, value, kind, text } = line
  const set = (written: string): void => panel.change(setValue(panel.lines, index, written))
  if (command === undefined) {
    if (kind !== 'command' && kind !== 'variable')
      return html`${kind === 'comment' ? text : nothing}`
    const label = kind === 'variable' ? 'value' : line.name
    const field = { label, kind: { kind: 'text' }, optional: false, text: value ?? '' } as const
    const options = { id: `lab-${index}`, name: label, offered: [], change: set }
    return fieldControl(field, options)
  }
  const fields = fieldsOf(command, value)
  const each = fields.map(
    (field, position) => html`<span class="lab-field ${field.kind.kind}">
      ${labelOf(field, fields.length, `lab-${index}-${position}`)}
      ${fieldControl(field, {
        id: `lab-${index}-${position}`,
        name: fields.length === 1 ? command : `${command} ${field.label}`,
        offered: OF_ASSETS.has(command) ? panel.samples : [],
        change: (written) => set(writeFields(fields, position, written)),
      })}
    </span>`,
  )
  const [first, second] = fields
  return command === 'align' && first && second
    ? [alignControl([first.text, second.text], set), ...each]
    : each
}

/** What a select counts up needs no label that does as well; of a switch it is told what it stands for. */
function labelOf({ kind, label }: ArgumentField, count: number, id: string) {
  if (count === 1 || kind.kind === 'word') return nothing
  return html`<label for=${id}>${kind.kind === 'flag' ? words.flag : label.replaceAll('|', ' | ')}</label>`
}
