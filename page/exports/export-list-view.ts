import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ShownExport } from '../../src/doors/page/exports/export-shapes.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDateTime } from '../strings.ts'
import { loadExports, loadMoreExports } from './export-commands.ts'
import { countsOf } from './export-state.ts'
import { exportWords } from './export-words.ts'
import type { ExportsState } from './exports-state.ts'
import { progressView } from './progress-view.ts'
import { stateLight } from './state-light.ts'
import '@spectrum-web-components/button/sp-button.js'

const words = exportWords.list

/** Where an export is put together. */
const NEW = addressOf({ view: 'newExport' })

/** All exports, newest first. */
export function exportListView({ exports }: State, store: Store): TemplateResult {
  return html`<div class="jobs-head">
      <h1>${words.title}</h1>
      <a class="new-job" href=${NEW}>${words.newExport}</a>
    </div>
    <p class="jobs-lead">${words.lead}</p>
    ${contentOf(exports, store)}`
}

function contentOf({ known, more, problem, loading }: ExportsState, store: Store): TemplateResult {
  if (problem !== undefined && more === undefined) {
    return html`<p>${words.failed}: ${problem}</p>
      <sp-button variant="secondary" @click=${() => loadExports(store)}>${words.again}</sp-button>`
  }
  if (more === undefined) return html`<p class="late">${words.loading}</p>`
  if (known.length === 0) {
    return html`<div class="empty">
      <p><strong>${words.empty}</strong></p>
      <p>${words.invitation}</p>
      <p><a href=${NEW}>${words.newExport}</a></p>
    </div>`
  }
  return html`<p class="jobs-shown" role="status">${words.shown(known.length, more)}</p>
    <ol class="jobs exports" aria-label=${words.name}>
      ${repeat(
        known,
        ({ number }) => number,
        (job) => entryView(job),
      )}
    </ol>
    ${
      more
        ? html`<sp-button
            variant="secondary"
            aria-disabled=${loading === true ? 'true' : nothing}
            @click=${() => loadMoreExports(store)}
            >${words.more}</sp-button
          >`
        : nothing
    }`
}

function entryView(job: ShownExport): TemplateResult {
  const { number, name, state, submitted, zip } = job
  return html`<li>
    ${stateLight(job)}
    <a href=${addressOf({ view: 'export', number })}>${name}</a>
    <time datetime=${new Date(submitted).toISOString()}>${formatDateTime(submitted)}</time>
    <span class="job-counts"
      >${words.counts(countsOf(job))}${state === 'running' ? progressView(job) : nothing}</span
    >
    ${zipView(name, zip)}
  </li>`
}

function zipView(name: string, zip: ShownExport['zip']): TemplateResult {
  if (zip === undefined) return html`<span class="exports-zip"></span>`
  return zip.expires <= Date.now()
    ? html`<span class="exports-zip">${words.expired}</span>`
    : html`<span class="exports-zip"
        ><a href=${zip.path} download
          >${words.download}<span class="unseen"> ${words.of(name)}</span></a></span
      >`
}
