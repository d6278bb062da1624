import { html, nothing, type TemplateResult } from 'lit'
import { choicesView } from '../../elements/choices.ts'
import { pickerView } from '../../elements/picker.ts'
import type { NamedPreset } from '../../images/lab/query-completion.ts'
import { queryEditorView } from '../../images/lab/query-editor-view.ts'
import type { State, Store } from '../../state.ts'
import { editDraft } from '../export-draft.ts'
import { exportWords } from '../export-words.ts'
import type { ExportDraft } from '../exports-state.ts'
import '@spectrum-web-components/field-label/sp-field-label.js'

const words = exportWords.draft

const FORMATS = ['orig', 'convert'] as const

/** What becomes of the assets: files as they are, or pictures by a preset and commands. */
export function filesView({ exports, presets }: State, store: Store): TemplateResult {
  const { draft } = exports
  return html`<section aria-labelledby="export-files">
    <h2 id="export-files">${words.files}</h2>
    ${choicesView({
      name: 'export-fmt',
      legend: words.files,
      choices: FORMATS.map((value) => ({ value, label: words.formats[value] })),
      chosen: draft.fmt,
      onChoose: (fmt) => editDraft(store, { fmt }),
    })}
    ${draft.fmt === 'orig' ? nothing : commandsView(draft, presets.list?.presets ?? [], store)}
  </section>`
}

function commandsView(
  { lines, preset }: ExportDraft,
  presets: readonly NamedPreset[],
  store: Store,
): TemplateResult {
  const isKnown = preset === '' || presets.some(({ name }) => name === preset)
  return html`<div class="export-field">
      <sp-field-label for="export-preset">${words.preset}</sp-field-label>
      ${pickerView({
        id: 'export-preset',
        options: [
          { value: '', label: words.noPreset },
          ...presets.map(({ name, commands }) => ({ value: name, label: `${name} (${commands})` })),
          ...(isKnown ? [] : [{ value: preset, label: preset }]),
        ],
        value: preset,
        onPick: (chosen) => editDraft(store, { preset: chosen }),
      })}
      <p class="export-note">${words.presetAbout}</p>
    </div>
    <div class="export-field">
      <span class="export-label">${words.commands}</span>
      ${queryEditorView({
        lines,
        presets,
        fault: undefined,
        change: (changed) => editDraft(store, { lines: changed }),
      })}
    </div>`
}
