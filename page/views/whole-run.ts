import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { stopRun } from '../commands/request-commands.ts'
import { absentView } from '../frame/absent-view.ts'
import { countEnded, summaryOf } from '../model/request-summary.ts'
import {
  countSources,
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
import { outcomeBar } from './outcome-bar.ts'
import { requestSection } from './request-section.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/icons-workflow/icons/sp-icon-download.js'
import './whole-run.css'

const words = strings.wholeRun

/** One run of the history, with all of its requests. */
export function wholeRunView(id: string, state: State, store: Store): TemplateResult {
  const run = findRun(state.requests, id)
  const { missingRequest } = state
  if (run !== undefined) {
    return html`<h1>${titleOfRun(run)}</h1>
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

/** A run: how far it is as a whole, what can be done with it, and its requests. */
export function wholeRunSection(run: KnownRun, state: State, store: Store): TemplateResult {
  const { requests, counts } = run
  const isMixed = counts.failed > 0 && counts.created + counts.stopped > 0
  const failedOnly = state.failedOnly === true && isMixed
  const shown = failedOnly
    ? requests.filter(({ renditions }) => renditions.some((each) => each.state === 'failed'))
    : requests
  return html`<div class="whole-run">
    ${headView(run, state, store, isMixed)}
    ${repeat(
      shown,
      ({ id }) => id,
      (request) => requestSection(request, 'link', store, failedOnly),
    )}
  </div>`
}

function headView(run: KnownRun, state: State, store: Store, isMixed: boolean): TemplateResult {
  const { id, requests, counts } = run
  const isUnderWay = outcomeOf(run) === 'pending'
  return html`<div class="whole-run-head">
    <p class="whole-run-summary">${summaryOfRun(run)}</p>
    <div class="whole-run-actions" role="group" aria-label=${words.actions}>
      ${isUnderWay ? stopButton(id, state, store) : nothing}
      ${isMixed ? failedToggle(state, store) : nothing}
      ${
        requests.length > 1
          ? html`<sp-action-button
              size="s"
              ?disabled=${isUnderWay || counts.created === 0}
              href="${urlOf('runs', id, 'renditions.zip')}?download"
              download=""
              ><sp-icon-download slot="icon"></sp-icon-download>${strings.results.downloadAll}</sp-action-button
            >`
          : nothing
      }
    </div>
    ${outcomeBar(run, isUnderWay)}
  </div>`
}

/** Such as `30 sources: 168 created, 12 failed, 8.80 s`, or `3 of 180 renditions` while it is being sent. */
function summaryOfRun(run: KnownRun): string {
  const { counts, planned } = run
  if (!isSent(run)) return words.part(countEnded(counts), planned)
  const sources = countSources(run)
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

function failedToggle({ failedOnly }: State, store: Store): TemplateResult {
  return html`<sp-action-button
    size="s"
    toggles
    ?selected=${failedOnly === true}
    @change=${() => store.change({ failedOnly: failedOnly !== true })}
    >${words.failedOnly}</sp-action-button
  >`
}
