import { html, nothing, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import '@spectrum-web-components/button/sp-button.js'
import '@spectrum-web-components/icons-workflow/icons/sp-icon-add.js'
import { settle } from '../schema-form/settle.ts'
import { unreadableView } from '../schema-form/unreadable.ts'
import { addRendition } from './edits.ts'
import type { ReadComposition } from './reading.ts'
import { idOf } from './rendition-id.ts'
import { renditionFormView } from './rendition-view.ts'

const words = strings.composition

/** What a form is of, and whom it tells. */
export interface Form {
  readonly text: string
  readonly read: ReadComposition
  readonly onChange: (text: string) => void
  /** The user wants to see the JSON. */
  readonly onJson: () => void
}

/** The composition as a form; or, while its text is no list of renditions, why and where. */
export function formView({ text, read, onChange, onJson }: Form): TemplateResult {
  const { renditions, base, problems } = read
  if (renditions === undefined) {
    return unreadableView(text, problems, onJson)
  }
  const total = renditions.length
  const add = (event: Event) => {
    onChange(addRendition(text, base, { name: '', fmt: 'png' }))
    settle(event, { said: words.added(total + 1), focus: `#${idOf(total, ['name'])}` })
  }
  return html`
    ${total === 0 ? html`<p>${words.none}</p>` : nothing}
    <ol class="composed">
      ${renditions.map((rendition, index) =>
        renditionFormView({ text, base, problems, onChange, rendition, index, total }),
      )}
    </ol>
    <sp-button class="add" size="s" variant="secondary" @click=${add}>
      <sp-icon-add slot="icon"></sp-icon-add>${words.add}
    </sp-button>
  `
}
