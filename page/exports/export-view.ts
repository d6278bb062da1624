import { html, type TemplateResult } from 'lit'
import type {
  ExportDeed,
  ExportDetail,
  ShownExport,
} from '../../src/doors/page/exports/export-shapes.ts'
import { confirm } from '../elements/confirm.ts'
import { buttonIcon } from '../elements/icon.ts'
import { absentView } from '../frame/absent-view.ts'
import { detailHead } from '../frame/detail-head.ts'
import type { Fact } from '../frame/facts.ts'
import { timingsView } from '../frame/timings-view.ts'
import { workLight } from '../frame/work-light.ts'
import { workProgress } from '../frame/work-progress.ts'
import { formatSpan } from '../jobs/job-words.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDateTime } from '../strings.ts'
import { showDraft } from './begin-export.ts'
import { copyOfJob } from './copies/copied-export.ts'
import { copiesView } from './copies/copies-view.ts'
import { draftOfJob } from './draft/draft-rules.ts'
import { actOnExport, deleteExport } from './export-commands.ts'
import { exportWords } from './export-words.ts'
import { logView } from './log-view.ts'
import { mailView } from './mail-view.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = exportWords.job

/** One export: how far it is, its ZIP, its log, its mail and its assets. */
export function exportView(
  { exports }: State,
  store: Store,
  { number }: { readonly number: number },
): TemplateResult {
  const { detail, missing } = exports
  if (detail?.job.number !== number) {
    return absentView({
      why: missing?.number === number ? missing.why : undefined,
      title: words.missing,
      loading: words.loading,
      heading: exportWords.list.title,
    })
  }
  return html`${headView(detail, store)}
    <div class="export-columns">
      <div>
        <section aria-labelledby="export-zip">
          <h2 id="export-zip">${words.zip}</h2>
          ${zipView(detail.job)}
        </section>
        ${logView(detail)}
        <section aria-labelledby="export-timings">
          <h2 id="export-timings">${words.timings}</h2>
          ${timesView(detail)}
        </section>
      </div>
      <div>
        ${mailView(detail)}
        <section aria-labelledby="export-assets">
          <h2 id="export-assets">${words.assets(detail.assets.length)}</h2>
          ${assetsView(detail)}
        </section>
        ${copiesView(copyOfJob(detail))}
      </div>
    </div>`
}

function headView(detail: ExportDetail, store: Store): TemplateResult {
  const { job } = detail
  const { number, title, state, company, by, createdAt, started, endedAt } = job
  const isOver = started !== undefined && endedAt !== undefined
  return detailHead({
    title,
    standing: workLight(state, exportWords.states[state]),
    actionsLabel: words.actions,
    actions: html`${deedsOf(job).map(
      (deed) => html`<sp-action-button
          size="s"
          @click=${() => void actOnExport(store, number, deed)}
          >${words.deeds[deed]}</sp-action-button
        >`,
    )}
      <sp-action-button size="s" @click=${() => showDraft(store, draftOfJob(detail))}
        >${buttonIcon('edit')}${words.again}</sp-action-button
      >
      <sp-action-button size="s" @click=${() => void askToDelete(store, number)}
        >${buttonIcon('delete')}${words.delete}</sp-action-button
      >`,
    sentence: standingOf(job),
    facts: [
      [words.submitted, formatDateTime(createdAt)],
      [words.by, by],
      [words.company, company],
      [words.took, isOver ? formatSpan(Math.max(0, endedAt - started)) : undefined],
      commandsOf(job),
      [words.number, html`<code>j|${number}</code>`],
    ],
  })
}

/** What makes a difference to an export as it is now. */
function deedsOf({ state }: ShownExport): readonly ExportDeed[] {
  if (state === 'running' || state === 'waiting') return ['pause', 'stop']
  if (state === 'paused') return ['resume', 'stop']
  return state === 'scheduled' ? ['begin', 'pause', 'stop'] : []
}

function standingOf(job: ShownExport): TemplateResult | undefined {
  const { state, done, total, execTime = 0 } = job
  if (state === 'running') {
    return html`<p class="export-standing">
      ${workProgress(job, words.progress)} <span>${words.progressOf(done, total)}</span>
    </p>`
  }
  const sentences: Partial<Record<typeof state, string>> = {
    waiting: words.waits,
    paused: words.paused,
    scheduled: words.scheduled(execTime),
  }
  const sentence = sentences[state]
  return sentence === undefined ? undefined : html`<p class="export-standing">${sentence}</p>`
}

function commandsOf({ fmt, modifier, macro }: ShownExport): Fact {
  if (fmt === 'orig') return [words.files, words.original]
  const commands = [modifier, macro].filter((each) => each !== undefined && each !== '')
  return [words.commands, html`<code>${commands.join('&')}</code>`]
}

function zipView({ zip, state }: ShownExport): TemplateResult {
  if (zip === undefined) {
    const isOver = state === 'done' || state === 'problems' || state === 'failed'
    return html`<p>${isOver ? words.noZip.failed : words.noZip.open}</p>`
  }
  return zip.expires <= Date.now()
    ? html`<p>${words.expired(zip.expires)}</p>`
    : html`<p>
          <a class="main-link" href=${zip.path} download
            >${exportWords.list.download}<span class="unseen"> ${zip.name}</span></a
          >
        </p>
        <p class="export-note">${zip.name}. ${words.until(zip.expires)}</p>`
}

function assetsView({ job, assets }: ExportDetail): TemplateResult {
  return html`<ul class="export-assets" tabindex="0" aria-labelledby="export-assets">
    ${assets.map(
      ({ name, state, isGone }) => html`<li>
        ${workLight(state, words.parts[state])}
        ${
          isGone
            ? words.goneAsset(name)
            : html`<a href=${addressOf({ view: 'asset', company: job.company, asset: name })}>${name}</a>`
        }
      </li>`,
    )}
  </ul>`
}

/** When it began, what each asset took, and the packing. */
function timesView({ job, whole, assets }: ExportDetail): TemplateResult {
  return timingsView(
    [{ ...whole, name: words.whole }, ...assets.filter(({ spans }) => spans.length > 0)],
    {
      begin: job.createdAt,
      now: Date.now(),
      apart: false,
      row: words.timedAsset,
      caption: words.timingsCaption,
    },
  )
}

async function askToDelete(store: Store, number: number): Promise<void> {
  if (await confirm(words.confirmDelete)) await deleteExport(store, number)
}
