import { html, nothing, type TemplateResult } from 'lit'
import { askName } from '../../elements/ask-name.ts'
import { confirm } from '../../elements/confirm.ts'
import { addressOf } from '../../router.ts'
import type { Store } from '../../state.ts'
import { addMacro } from '../lab/line-edits.ts'
import { toQuery } from '../lab/query-lines.ts'
import { companyOf, savePreset } from './preset-commands.ts'
import { findPreset, problemOfPreset, usesInWords } from './preset-rules.ts'
import { presetWords as words } from './preset-words.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

/** The presets of the company, to be put into a request; and the request to be saved as one. */
export function insertPresetsView(store: Store, change: (lines: string) => void): TemplateResult {
  const { lab, presets } = store.state()
  const listed = presets.list?.presets ?? []
  return html`<section class="lab-presets" aria-labelledby="lab-presets">
    <header>
      <h2 id="lab-presets">${words.title}</h2>
      <sp-action-button size="s" @click=${() => void saveAs(store)}>${words.saveAs}</sp-action-button>
    </header>
    ${presets.problem === undefined ? nothing : html`<p class="lab-problem">${presets.problem}</p>`}
    ${presets.list !== undefined && listed.length === 0 ? html`<p class="lab-none">${words.none}</p>` : nothing}
    <ul>
      ${listed.map(
        ({ name, commands }) => html`<li>
          <sp-action-button
            size="s"
            label=${words.insert(name)}
            @click=${() => change(addMacro(lab.lines, name))}
            >$${name}$</sp-action-button
          >
          <code>${commands}</code>
          <a href=${addressOf({ view: 'presets', preset: name })} aria-label=${words.edit(name)}
            >${words.edit('')}</a
          >
        </li>`,
      )}
    </ul>
  </section>`
}

async function saveAs(store: Store): Promise<void> {
  const { lab, presets } = store.state()
  const others = presets.list?.presets ?? []
  const commands = toQuery(lab.lines)
  const name = await askName({
    title: words.saveAsTitle,
    label: words.name,
    suggested: '',
    confirm: words.save,
    // One that is there may be overwritten: that is asked next.
    problemOf: (each) => problemOfPreset({ name: each, commands, before: each }, others),
  })
  if (name === undefined) return
  const other = findPreset(others, name)
  const question = other && {
    title: words.overwrite(other.name),
    text: words.overwriteText(usesInWords(other)),
    confirm: words.save,
  }
  if (question && !(await confirm(question))) return
  await savePreset(store, companyOf(store.state(), lab.object), { name, commands })
}
