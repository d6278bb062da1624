import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import type { ListedPreset } from '../../../src/doors/page/images/preset-shapes.ts'
import { pickerView } from '../../elements/picker.ts'
import { addressOf, type Route } from '../../router.ts'
import type { State, Store } from '../../state.ts'
import { imagesHead } from '../images-head.ts'
import { readLines } from '../lab/command-lines.ts'
import { commandsPanel } from '../lab/commands-panel.ts'
import { LONGEST_PRESET } from '../lab/copy-preset.ts'
import { faultOf } from '../lab/fault.ts'
import { shotView } from '../lab/picture-view.ts'
import { toLines, toQuery } from '../lab/query-lines.ts'
import { changePresets } from './preset-commands.ts'
import {
  beginPreset,
  editDraft,
  removeDraft,
  sampleOf,
  saveDraft,
  tryOn,
  usesOfDraft,
} from './preset-drafts.ts'
import { findPreset, problemOfPreset, usesInWords } from './preset-rules.ts'
import { presetWords as words } from './preset-words.ts'
import type { PresetDraft } from './presets-state.ts'
import '@spectrum-web-components/field-label/sp-field-label.js'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/button/sp-button.js'
import '../lab/lab.css'

/** The presets of the company, one of which is edited while its picture is seen. */
export function presetsView(
  { presets }: State,
  store: Store,
  _route: Extract<Route, { view: 'presets' }>,
): TemplateResult {
  const { list, problem, draft } = presets
  return html`${imagesHead(words.title, 'presets')}
    <p class="lab-lead">${words.lead}</p>
    ${problem === undefined ? nothing : html`<p class="lab-problem" role="alert">${problem}</p>`}
    ${list === undefined && problem === undefined ? html`<p class="late">${words.loading}</p>` : nothing}
    ${
      list === undefined
        ? nothing
        : html`<div class="lab-columns presets">
            ${listView(list.presets, draft, store)}
            ${draft === undefined ? html`<p class="lab-none">${words.choose}</p>` : draftView(draft, store)}
          </div>`
    }`
}

function listView(
  listed: readonly ListedPreset[],
  draft: PresetDraft | undefined,
  store: Store,
): TemplateResult {
  return html`<nav class="preset-list" aria-label=${words.list}>
    <sp-action-button size="s" @click=${() => beginPreset(store)}>${words.add}</sp-action-button>
    ${listed.length === 0 ? html`<p class="lab-none">${words.none}</p>` : nothing}
    <ul>
      ${listed.map((preset) => {
        const { name, commands } = preset
        const uses = usesInWords(preset)
        return html`<li>
          <a
            href=${addressOf({ view: 'presets', preset: name })}
            aria-current=${name === draft?.before ? 'true' : nothing}
            ><strong>${name}</strong><code>${commands}</code>
            <span class="lab-about">${uses === '' ? words.unused : words.used(uses)}</span></a
          >
        </li>`
      })}
    </ul>
  </nav>`
}

function draftView(draft: PresetDraft, store: Store): TemplateResult {
  const { presets } = store.state()
  const { list, shot, keptShot, late, mode } = presets
  const { before, name, lines } = draft
  const others = list?.presets ?? []
  const commands = toQuery(lines)
  const kept = findPreset(others, before ?? '')
  const problem = problemOfPreset({ name, commands, before }, others)
  const uses = usesOfDraft(store)
  const read = readLines(lines)
  const fault = shot && 'problem' in shot ? faultOf(shot.problem, read) : undefined
  const message = shot && 'problem' in shot ? shot.problem : ''
  const isSame = kept?.commands === commands && kept.name === name
  const isNamed = name !== '' || before !== undefined
  return html`<div class="preset-draft">
    <div class="lab-url">
      <label for="preset-name">${words.name}</label>
      <input
        type="text"
        id="preset-name"
        maxlength="100"
        spellcheck="false"
        autocomplete="off"
        aria-invalid=${isNamed && problem !== undefined}
        aria-describedby="preset-problem"
        .value=${live(name)}
        @input=${({ currentTarget }: Event) => {
          if (currentTarget instanceof HTMLInputElement)
            editDraft(store, { name: currentTarget.value.trim() })
        }}
      />
      <p class="lab-problem" id="preset-problem">${isNamed ? problem : ''}</p>
    </div>
    ${uses === '' ? nothing : html`<p class="lab-warning" role="note">${words.warning(uses)}</p>`}
    <div class="lab-columns">
      <section class="lab-edit">
        ${commandsPanel({
          lines,
          presets: others,
          samples: list?.samples ?? [],
          fault: fault && { index: fault.index, message },
          mode,
          onMode: (chosen) => changePresets(store, { mode: chosen }),
          change: (text) => editDraft(store, { lines: text }),
        })}
        <p class="lab-about">${words.letters(commands.length, LONGEST_PRESET)}</p>
      </section>
      <section class="lab-result">
        ${sampleView(list?.samples ?? [], store)}
        ${shotView({
          shot,
          other: keptShot,
          late,
          names: { now: words.after, other: words.before },
          fault,
        })}
        <p class="lab-about">
          <a href=${addressOf({ view: 'image', object: sampleOf(store), commands })}>${words.lab}</a>
        </p>
      </section>
    </div>
    <div class="preset-foot">
      <sp-button
        variant="accent"
        ?disabled=${problem !== undefined || isSame}
        @click=${() => void saveDraft(store)}
        >${before === undefined || before === name ? words.save : words.rename}</sp-button
      >
      ${
        kept === undefined
          ? nothing
          : html`<sp-button
                variant="secondary"
                ?disabled=${isSame}
                @click=${() => editDraft(store, { name: kept.name, lines: toLines(kept.commands) })}
                >${words.revert}</sp-button
              >
              <sp-button variant="secondary" @click=${() => void removeDraft(store)}
                >${words.remove}</sp-button
              >`
      }
    </div>
  </div>`
}

function sampleView(samples: readonly string[], store: Store): TemplateResult {
  const [, chosen = ''] = /^[^/]*\/(.*)$/s.exec(sampleOf(store)) ?? []
  return html`<div class="lab-url">
    <sp-field-label for="preset-sample">${words.tryOn}</sp-field-label>
    ${pickerView({
      id: 'preset-sample',
      options: samples.map((value) => ({ value, label: value })),
      value: chosen,
      onPick: (name) => tryOn(store, name),
    })}
  </div>`
}
