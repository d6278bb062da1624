import { html, nothing, type TemplateResult } from 'lit'
import { valueOf } from './value-of.ts'
import '@spectrum-web-components/menu/sp-menu-item.js'
import '@spectrum-web-components/picker/sp-picker.js'

/** A menu of which one thing is chosen. */
export interface Picker<Value extends string> {
  /** By which its label is for it; where it has a label that is seen. */
  readonly id?: string
  /** What it is called by who sees no label of it, and what is seen as long as nothing is chosen. */
  readonly label?: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  /** The one that is chosen; none of the options where nothing is. */
  readonly value: string
  readonly onPick: (value: Value) => void
  readonly size?: 's' | 'm'
}

/** The one kind of menu that the page has. Options are known by their places, since their values may be empty. */
export function pickerView<Value extends string>(picker: Picker<Value>): TemplateResult {
  const { id, label, options, value, onPick, size = 'm' } = picker
  return html`<sp-picker
    id=${id ?? nothing}
    label=${label ?? nothing}
    size=${size}
    .value=${String(options.findIndex((option) => option.value === value))}
    @change=${(event: Event) => {
      const option = options[Number(valueOf(event))]
      if (option !== undefined && option.value !== value) onPick(option.value)
    }}
  >
    ${options.map(
      (option, place) => html`<sp-menu-item value=${place}>${option.label}</sp-menu-item>`,
    )}
  </sp-picker>`
}
