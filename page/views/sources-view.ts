import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { addFiles, addSample, removeSource } from '../commands/source-commands.ts'
import { buttonIcon } from '../elements/icon.ts'
import { pickFiles } from '../elements/pick-files.ts'
import { urlOf } from '../service.ts'
import type { State, Store } from '../state.ts'
import { formatBytes, strings } from '../strings.ts'
import { sourceThumb } from './source-thumb.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/button/sp-button.js'
import './sources-view.css'

const words = strings.sources

/** Of more sources only so many are listed, until the user wants to see all. */
const MOST_LISTED = 8

/** The files that the next run is about, and the ways to add one. */
export function sourcesView(state: State, store: Store): TemplateResult {
  const { sources, uploading, samples, dragging, allSources } = state
  const isFolded = sources.length > MOST_LISTED && allSources !== true
  return html`
    <div class="drop" ?data-over=${dragging}>
      <p>${dragging === true ? words.dropNow : words.drop}</p>
      <sp-button
        class="choose-files"
        variant="secondary"
        size="s"
        @click=${() => pickFiles((files) => void addFiles(store, files))}
        >${words.choose}</sp-button
      >
    </div>
    ${
      sources.length + uploading.length === 0
        ? nothing
        : html`<ul class="sources" aria-label=${words.chosen}>
            ${repeat(
              isFolded ? sources.slice(0, MOST_LISTED) : sources,
              ({ id }) => id,
              (source) => html`<li>
                ${sourceThumb(source)}
                <span class="source-name" title=${source.name}>${source.name}</span>
                <span class="source-size">${formatBytes(source.size)}</span>
                <sp-action-button
                  quiet
                  size="s"
                  label=${words.remove(source.name)}
                  @click=${(event: Event) => remove(store, source.id, event)}
                  >${buttonIcon('close')}</sp-action-button
                >
              </li>`,
            )}
            ${uploading.map(
              (name) => html`<li>
                <span class="thumb"></span>
                <span class="source-name">${name}</span>
                <span class="source-size late">${words.uploading}</span>
              </li>`,
            )}
          </ul>`
    }
    ${sources.length > 1 ? sourcesFoot(state, store) : nothing}
    <div class="samples" role="group" aria-label=${words.samples}>
      <span>${words.samples}</span>
      ${samples.map(
        (sample) => html`<button
          class="sample"
          type="button"
          aria-label=${words.addSample(sample.name)}
          title="${sample.name}, ${formatBytes(sample.size)}"
          @click=${() => addSample(store, sample)}
        >
          <thumb-picture
            src=${urlOf('samples', sample.name, 'picture')}
            letters=${sample.name}
          ></thumb-picture>
        </button>`,
      )}
    </div>
  `
}

/** What can be done with many sources. */
function sourcesFoot({ sources, allSources }: State, store: Store): TemplateResult {
  return html`<div class="sources-foot">
    ${
      sources.length > MOST_LISTED
        ? html`<sp-action-button
            size="s"
            aria-expanded=${allSources === true ? 'true' : 'false'}
            @click=${() => store.change({ allSources: allSources !== true })}
            >${allSources === true ? words.showFewer : words.showAll(sources.length)}</sp-action-button
          >`
        : nothing
    }
    <sp-action-button quiet size="s" @click=${() => removeAll(store)}
      >${buttonIcon('delete')}${words.removeAll}</sp-action-button
    >
  </div>`
}

/** They are on the service still, and can be dropped or picked again. */
function removeAll(store: Store): void {
  document.querySelector<HTMLElement>('.choose-files')?.focus()
  store.change({ sources: [], allSources: false })
}

/** Leaves the focus on what is nearest, since the button is going to be gone. */
function remove(store: Store, id: string, { currentTarget }: Event): void {
  const item = currentTarget instanceof Element ? currentTarget.closest('li') : null
  const next = [item?.nextElementSibling, item?.previousElementSibling]
    .map((each) => each?.querySelector<HTMLElement>('sp-action-button'))
    .find((each) => each instanceof HTMLElement)
  const other = next ?? document.querySelector<HTMLElement>('.choose-files')
  other?.focus()
  removeSource(store, id)
}
