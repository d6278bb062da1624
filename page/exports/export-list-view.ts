import { html, nothing, type TemplateResult } from 'lit'
import type { ShownExport } from '../../src/doors/page/exports/export-shapes.ts'
import { emptyList, listFrame, listHead } from '../frame/list-frame.ts'
import { workLight } from '../frame/work-light.ts'
import { type WorkEntry, workList } from '../frame/work-list.ts'
import { workProgress } from '../frame/work-progress.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { loadExports, loadMoreExports } from './export-commands.ts'
import { exportWords } from './export-words.ts'
import type { ExportsState } from './exports-state.ts'

const words = exportWords.list

/** Where an export is put together. */
const NEW = addressOf({ view: 'newExport' })

/** All exports, newest first. */
export function exportListView({ exports, now }: State, store: Store): TemplateResult {
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
    content: () => contentOf(exports, now),
  })}`
}

function contentOf({ known, more }: ExportsState, now: number): TemplateResult {
  if (known.length === 0) {
    return emptyList(
      words.empty,
      words.invitation,
      html`<p><a href=${NEW}>${words.newExport}</a></p>`,
    )
  }
  return html`<p class="list-shown" role="status">${words.shown(known.length, more === true)}</p>
    ${workList(known.map(entryOf), { kind: 'exports', label: words.name, now })}`
}

function entryOf(job: ShownExport): WorkEntry {
  const { number, title, state, zip } = job
  return {
    work: job,
    title,
    address: addressOf({ view: 'export', number }),
    before: workLight(state, exportWords.states[state]),
    after: html`<span class="entry-counts"
        >${words.counts(job)}${state === 'running' ? workProgress(job, exportWords.job.progress) : nothing}</span
      >
      ${zipView(title, zip)}`,
  }
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
