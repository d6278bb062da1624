import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { isRecord } from '../../src/base/json.ts'
import { buttonIcon } from '../elements/icon.ts'
import { unlessTyping } from '../elements/unless-typing.ts'
import { strings } from '../strings.ts'
import type { Field } from './field.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/textfield/sp-textfield.js'

const words = strings.dictionary

type Entry = readonly [name: string, value: string]

/** An object of names that anybody may choose, and texts: a row for each, and one to add another. */
export function dictionaryView(
  { path, value }: Field,
  id: string,
  change: (path: readonly string[], value: unknown) => void,
): TemplateResult {
  const entries: readonly Entry[] = Object.entries(isRecord(value) ? value : {}).map(
    ([name, text]) => [name, String(text)],
  )
  const set = (changed: readonly Entry[]): void => change(path, Object.fromEntries(changed))
  return html`<div class="dictionary" role="group" id=${id} aria-labelledby="${id}-label" tabindex="-1">
    ${entries.map(
      ([name, text], index) => html`<div class="entry">
        <sp-textfield
          size="s"
          label=${words.name(index + 1)}
          placeholder=${words.namePlaceholder}
          .value=${unlessTyping(name)}
          @change=${(event: Event) => set(entries.with(index, [typed(event), text]))}
        ></sp-textfield>
        <sp-textfield
          size="s"
          label=${words.value(index + 1)}
          placeholder=${words.valuePlaceholder}
          .value=${live(text)}
          @input=${(event: Event) => set(entries.with(index, [name, typed(event)]))}
        ></sp-textfield>
        <sp-action-button
          quiet
          size="xs"
          label=${words.remove(name)}
          @click=${() => set(entries.toSpliced(index, 1))}
          >${buttonIcon('close')}</sp-action-button
        >
      </div>`,
    )}
    ${
      // Two without a name would be one.
      entries.some(([name]) => name === '')
        ? nothing
        : html`<sp-action-button quiet size="s" @click=${() => set([...entries, ['', '']])}
            >${buttonIcon('add')}${words.add}</sp-action-button
          >`
    }
  </div>`
}

function typed({ currentTarget }: Event): string {
  return currentTarget !== null && 'value' in currentTarget ? String(currentTarget.value) : ''
}
