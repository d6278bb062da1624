import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { ShownExport } from '../../src/doors/page/exports/export-shapes.ts'
import { emptyList, listFrame, listHead } from '../frame/list-frame.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDateTime } from '../strings.ts'
import { loadExports, loadMoreExports } from './export-commands.ts'
import { countsOf } from './export-state.ts'
import { exportWords } from './export-words.ts'
import type { ExportsState } from './exports-state.ts'
import { progressView } from './progress-view.ts'
import { stateLight } from './state-light.ts'

const words = exportWords.list

/** Where an export is put together. */
const NEW = addressOf({ view: 'newExport' })

/** All exports, newest first. */
export function exportListView({ exports }: State, store: Store): TemplateResult {
  const { more, problem, loading } = exports
  const add = { label: words.newExport, address: NEW }
  return html`${listHead({ title: words.title, lead: words.lead, add })}
  ${listFrame({
    words,
    isListed: more !== undefined,
    problem,
    hasMore: more === true,
    isLoading: loading === true,
    ask: (of) => void (of === 'first' ? loadExports(store) : loadMoreExports(store)),
    content: () => contentOf(exports),
  })}`
}

function contentOf({ known, more }: ExportsState): TemplateResult {
  if (known.length === 0) {
    return emptyList(
      words.empty,
      words.invitation,
      html`<p><a href=${NEW}>${words.newExport}</a></p>`,
    )
  }
  return html`<p class="list-shown" role="status">${words.shown(known.length, more === true)}</p>
    <ol class="entries exports" aria-label=${words.name}>
      ${repeat(
        known,
        ({ number }) => number,
        (job) => entryView(job),
      )}
    </ol>`
}

function entryView(job: ShownExport): TemplateResult {
  const { number, name, state, submitted, zip } = job
  return html`<li>
    ${stateLight(job)}
    <a href=${addressOf({ view: 'export', number })}>${name}</a>
    <time datetime=${new Date(submitted).toISOString()}>${formatDateTime(submitted)}</time>
    <span class="entry-counts"
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
