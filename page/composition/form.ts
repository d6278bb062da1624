import { html, nothing, type TemplateResult } from 'lit'
import { confirm } from '../elements/confirm.ts'
import { buttonIcon } from '../elements/icon.ts'
import { settle } from '../schema-form/settle.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/button/sp-button.js'
import './rendition-table.css'
import { setField } from '../schema-form/text-edits.ts'
import { unreadableView } from '../schema-form/unreadable.ts'
import { strings } from '../strings.ts'
import { addRendition } from './edits.ts'
import type { ReadComposition } from './reading.ts'
import { idOf } from './rendition-id.ts'
import type { Position } from './rendition-tools.ts'
import { renditionFormView } from './rendition-view.ts'
import { inserted } from './unfolded.ts'

const words = strings.composition

/** What a form is of, and whom it tells. */
export interface Form extends Pick<Position, 'text' | 'unfolded' | 'onUnfold' | 'onChange'> {
  readonly read: ReadComposition
  /** The user wants to see the JSON. */
  readonly onJson: () => void
}

/** The composition as a table whose rows unfold; or, while its text is no list of renditions, why and where. */
export function formView(form: Form): TemplateResult {
  const { text, read, unfolded, onUnfold, onChange, onJson } = form
  const { renditions, base, problems } = read
  if (renditions === undefined) {
    return unreadableView(text, problems, onJson)
  }
  const total = renditions.length
  const add = (event: Event) => {
    onChange(addRendition(text, base, { name: '', fmt: 'png' }))
    onUnfold(inserted(unfolded, total))
    settle(event, { said: words.added(total + 1), focus: `#${idOf(total, ['name'])}` })
  }
  return html`
    ${total === 0 ? html`<p>${words.none}</p>` : tableView(form, renditions)}
    <div class="form-foot">
      <sp-button class="add" size="s" variant="secondary" @click=${add}>
        ${buttonIcon('add')}${words.add}
      </sp-button>
      ${
        total > 1
          ? html`<sp-action-button
              quiet
              size="s"
              @click=${({ currentTarget }: Event) => void removeAll(form, total, currentTarget)}
              >${buttonIcon('delete')}${words.removeAll}</sp-action-button
            >`
          : nothing
      }
    </div>
  `
}

function tableView(
  { text, read, unfolded, onUnfold, onChange }: Form,
  renditions: NonNullable<ReadComposition['renditions']>,
): TemplateResult {
  const { base, problems } = read
  const total = renditions.length
  return html`<table class="rendition-table" aria-label=${words.table}>
    <thead>
      <tr>
        <th scope="col">${words.columns.name}</th>
        <th scope="col" class="of-format">${words.columns.format}</th>
        <th scope="col" class="of-size">${words.columns.size}</th>
        <th scope="col" class="of-tools"><span class="unseen">${words.columns.tools}</span></th>
      </tr>
    </thead>
    ${renditions.map((rendition, index) =>
      renditionFormView({
        text,
        base,
        problems,
        unfolded,
        onUnfold,
        onChange,
        rendition,
        index,
        total,
      }),
    )}
  </table>`
}

async function removeAll(
  { text, read: { base }, onUnfold, onChange }: Form,
  total: number,
  currentTarget: EventTarget | null,
): Promise<void> {
  const isSure = await confirm({
    title: words.removeAllTitle,
    text: words.removeAllQuestion(total),
    confirm: words.removeAll,
  })
  if (!isSure) return
  onChange(base.length === 0 ? '[]' : setField(text, [...base], []))
  onUnfold([])
  settle({ currentTarget }, { said: words.removed(0), focus: '.add' })
}
