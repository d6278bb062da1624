import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { keyOfFailure, keyOfShared } from '../../src/doors/page/work/told-run.ts'
import { loadWholeRun, stopRun } from '../commands/request-commands.ts'
import { breakable } from '../elements/breakable.ts'
import { buttonIcon } from '../elements/icon.ts'
import { absentView } from '../frame/absent-view.ts'
import { summaryOf } from '../model/request-summary.ts'
import {
  findRun,
  isSent,
  type KnownRun,
  outcomeOf,
  timeOfRun,
  titleOfRun,
} from '../model/run-list.ts'
import { urlOf } from '../service.ts'
import type { State, Store } from '../state.ts'
import { formatDuration, strings } from '../strings.ts'
import { sharedFailureCard } from './failures-card.ts'
import { outcomeBar } from './outcome-bar.ts'
import { requestSection } from './request-section.ts'
import '../elements/when-seen.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './whole-run.css'

const words = strings.wholeRun

/** One run of the history, with all of its requests. */
export function wholeRunView(id: string, state: State, store: Store): TemplateResult {
  const run = findRun(state, id)
  const { missingRequest } = state
  if (run !== undefined) {
    return html`<h1>${breakable(titleOfRun(run))}</h1>
      <h2 class="unseen">${strings.run.sources}</h2>
      ${wholeRunSection(run, state, store)}`
  }
  return absentView({
    why: missingRequest?.id === id ? missingRequest.why : undefined,
    title: words.missing,
    loading: words.loading,
    heading: words.title,
    back: { label: strings.request.toHistory, route: { view: 'history' } },
  })
}

/** Of so many sources it is shown at first what became of them, and of so many more each time. */
const SOURCES_AT_A_TIME = 8

/** A run: how far it is as a whole, what can be done with it, what failed alike, and its requests. */
export function wholeRunSection(run: KnownRun, state: State, store: Store): TemplateResult {
  const { requests, told } = run
  const { counts, failures } = told
  const isMixed = counts.failed > 0 && counts.created + counts.stopped > 0
  const failedOnly = state.failedOnly === true && isMixed
  const shared = new Set(failures.map(keyOfShared))
  const listed = requests.filter(({ renditions }) =>
    renditions.some(
      (each) => (!failedOnly || each.state === 'failed') && !shared.has(keyOfFailure(each) ?? ''),
    ),
  )
  const { shownSources } = state
  const most = shownSources?.run === run.id ? shownSources.count : SOURCES_AT_A_TIME
  return html`<div class="whole-run">
    ${headView(run, state, store, isMixed)}
    ${
      failures.length === 0
        ? nothing
        : html`<ul class="shared-failures" aria-label=${words.shared}>
            ${failures.map(sharedFailureCard)}
          </ul>`
    }
    ${repeat(
      listed.slice(0, most),
      ({ id }) => id,
      (request) => requestSection(request, 'link', store, { failedOnly, told: shared }),
    )}
    ${restView(run, Math.max(0, listed.length - most), () => {
      store.change({ shownSources: { run: run.id, count: most + SOURCES_AT_A_TIME } })
      if (!run.isWhole) void loadWholeRun(store, run.id)
    })}
  </div>`
}

/** The way to the sources that are not shown, which is gone as soon as one gets there by scrolling. */
function restView(
  run: KnownRun,
  hidden: number,
  more: () => void,
): TemplateResult | typeof nothing {
  const unknown = run.isWhole ? 0 : run.told.requests - run.requests.length
  if (hidden + unknown === 0) return nothing
  return html`<when-seen @seen=${more}
    ><sp-action-button size="s" @click=${more}>${words.more(hidden + unknown)}</sp-action-button></when-seen
  >`
}

function headView(run: KnownRun, state: State, store: Store, isMixed: boolean): TemplateResult {
  const { id, told } = run
  const { counts } = told
  const isUnderWay = outcomeOf(run) === 'pending'
  return html`<div class="whole-run-head">
    <p class="whole-run-summary">${summaryOfRun(run)}</p>
    <div class="whole-run-actions" role="group" aria-label=${words.actions}>
      ${isUnderWay ? stopButton(id, state, store) : nothing}
      ${isMixed ? failedToggle(run, state, store) : nothing}
      ${
        told.requests > 1
          ? html`<sp-action-button
              size="s"
              ?disabled=${isUnderWay || counts.created === 0}
              href="${urlOf('runs', id, 'renditions.zip')}?download"
              download=""
              >${buttonIcon('download')}${strings.results.downloadAll}</sp-action-button
            >`
          : nothing
      }
    </div>
    ${outcomeBar(run, isUnderWay)}
  </div>`
}

/** Such as `30 sources: 168 created, 12 failed, 8.80 s`, or `3 of 180 renditions` while it is being sent. */
function summaryOfRun(run: KnownRun): string {
  const { counts, done, total, sources } = run.told
  if (!isSent(run)) return words.part(done, total)
  const time = timeOfRun(run)
  const rest = [summaryOf(counts), time === undefined ? '' : formatDuration(time)]
    .filter((part) => part !== '')
    .join(', ')
  return sources === 0 ? rest : words.summary(words.sources(sources), rest)
}

function stopButton(id: string, { stopping }: State, store: Store): TemplateResult {
  return html`<sp-action-button
    class="stop"
    size="s"
    ?disabled=${stopping === id}
    @click=${() => void stopRun(store, id)}
    >${stopping === id ? words.stopping : words.stop}</sp-action-button
  >`
}

function failedToggle(
  { id, isWhole }: KnownRun,
  { failedOnly }: State,
  store: Store,
): TemplateResult {
  return html`<sp-action-button
    size="s"
    toggles
    ?selected=${failedOnly === true}
    @change=${() => {
      store.change({ failedOnly: failedOnly !== true })
      // What failed may be in any of its requests.
      if (!isWhole) void loadWholeRun(store, id)
    }}
    >${words.failedOnly}</sp-action-button
  >`
}
