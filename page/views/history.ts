import { html, nothing, type TemplateResult } from 'lit'
import { join } from 'lit/directives/join.js'
import {
  filterHistory,
  loadHistory,
  loadMoreHistory,
  removeRun,
} from '../commands/request-commands.ts'
import { buttonIcon, type IconName, icon } from '../elements/icon.ts'
import { type WorkEntry, workList } from '../frame/work-list.ts'
import { listedRequests } from '../model/known-requests.ts'
import { formatsOf, summaryParts, titleOfRequest } from '../model/request-summary.ts'
import {
  countOutcomes,
  filterRuns,
  type KnownRun,
  matches,
  outcomeOf,
  type RunOutcome,
  runsOf,
  titleOfRun,
} from '../model/run-list.ts'
import { isFiltered } from '../model/searched-for.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { searchFilter } from './search-filter.ts'
import { sourceThumb } from './source-thumb.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/button/sp-button.js'
import './history.css'

const words = strings.history

const OUTCOMES: readonly RunOutcome[] = ['created', 'failed', 'stopped', 'pending']

/** So many of the requests that were searched for are shown of a run; it has all of them itself. */
const MOST_FOUND = 5

/** All runs of the page, newest first. */
export function historyView(state: State, store: Store): TemplateResult {
  return html`<h1>${words.title}</h1>
    ${contentOf(state, store)}`
}

function contentOf(state: State, store: Store): TemplateResult {
  const { moreHistory, historyProblem, loadingHistory, historyFilter } = state
  const runs = runsOf(listedRequests(state), state.toldRuns)
  if (historyProblem !== undefined && moreHistory === undefined) {
    return html`<p>${words.failed}: ${historyProblem}</p>
      <sp-button variant="secondary" @click=${() => loadHistory(store)}>${words.again}</sp-button>`
  }
  if (moreHistory === undefined) return html`<p class="late">${words.loading}</p>`
  if (runs.length === 0) {
    return html`<div class="empty">
      <p><strong>${words.empty}</strong></p>
      <p>${words.invitation}</p>
      <p><a href=${addressOf({ view: 'run' })}>${words.toRun}</a></p>
    </div>`
  }
  const shown = filterRuns(runs, historyFilter)
  return html`
    ${filterView(runs, state, store)}
    ${
      isFiltered(historyFilter)
        ? html`<p class="history-shown" role="status">
            ${words.shown(shown.length, runs.length)}
          </p>`
        : nothing
    }
    ${shown.length === 0 ? noneShownView(store) : nothing}
    ${workList(
      shown.map((run) => entryOf(run, state, store)),
      { kind: 'history', label: words.list, now: state.now },
    )}
    ${
      moreHistory
        ? html`<sp-button
            variant="secondary"
            aria-disabled=${loadingHistory === true ? 'true' : nothing}
            @click=${() => loadMoreHistory(store)}
            >${words.more}</sp-button
          >`
        : nothing
    }
  `
}

function filterView(
  runs: readonly KnownRun[],
  { historyFilter, moreHistory }: State,
  store: Store,
): TemplateResult {
  const counts = countOutcomes(runs)
  // How many there are of what is not known yet, nobody can say.
  const isWhole = moreHistory === false
  return searchFilter({
    search: words.search,
    states: words.states,
    filter: historyFilter,
    choices: [
      { value: '', label: words.all, count: isWhole ? runs.length : undefined },
      ...OUTCOMES.filter((each) => counts.has(each) || historyFilter.state === each).map(
        (state) => ({
          value: state,
          label: words.outcomes[state],
          count: isWhole ? (counts.get(state) ?? 0) : undefined,
        }),
      ),
    ],
    onChange: (filter) => void filterHistory(store, filter),
  })
}

function noneShownView(store: Store): TemplateResult {
  return html`<p>${words.noneShown}</p>
    <sp-button
      variant="secondary"
      @click=${() => void filterHistory(store, { text: '', state: '' })}
      >${words.showAll}</sp-button
    >`
}

function entryOf(run: KnownRun, { historyFilter }: State, store: Store): WorkEntry {
  const { id, requests, told } = run
  const [first] = requests
  const title = titleOfRun(run)
  return {
    work: told,
    title,
    address:
      told.requests === 1
        ? addressOf({ view: 'request', id: first.id })
        : addressOf({ view: 'wholeRun', id }),
    before: html`${iconOf(outcomeOf(run))} ${sourceThumb(first.source ?? first.files[0])}`,
    between: html`<span class="entry-counts"
        >${join(
          summaryParts(told.counts).map(({ text, isBad }) =>
            isBad ? html`<span class="bad">${text}</span>` : html`${text}`,
          ),
          ', ',
        )}</span
      >
      <span class="history-formats">${formatsOf(requests).join(', ')}</span>`,
    after: html`<sp-action-button
      class="history-delete"
      quiet
      size="s"
      label=${words.delete(title)}
      @click=${({ currentTarget }: Event) => void remove(store, run, currentTarget)}
      >${buttonIcon('delete')}</sp-action-button
    >`,
    below:
      told.requests > 1 && historyFilter.text.trim() !== ''
        ? foundView(run, historyFilter.text)
        : undefined,
  }
}

/** Leaves the focus on what is nearest, since the button is going to be gone. */
async function remove(store: Store, run: KnownRun, button: EventTarget | null): Promise<void> {
  const item = button instanceof Element ? button.closest('li') : null
  const next = [item?.nextElementSibling, item?.previousElementSibling]
    .map((each) => each?.querySelector<HTMLElement>('.history-delete'))
    .find((each) => each instanceof HTMLElement)
  if (!(await removeRun(store, run))) return
  const other = next ?? document.querySelector<HTMLElement>('main')
  other?.focus()
}

/** The requests of a run of many in which is what was searched for. */
function foundView({ requests }: KnownRun, text: string): TemplateResult {
  const found = requests.filter((request) => matches(request, { text }))
  const shown = found.slice(0, MOST_FOUND)
  const more = found.length - shown.length
  return html`<div class="history-found">
    ${words.found}
    <ul>
      ${shown.map(
        (request) => html`<li>
          <a href=${addressOf({ view: 'request', id: request.id })}
            ><bdi>${titleOfRequest(request)}</bdi></a
          >
        </li>`,
      )}
      ${more > 0 ? html`<li>${words.foundMore(more)}</li>` : nothing}
    </ul>
  </div>`
}

const ICONS = {
  pending: 'clock',
  created: 'checkmark-circle',
  failed: 'alert',
  stopped: 'cancel',
} as const satisfies Record<RunOutcome, IconName>

function iconOf(outcome: RunOutcome): TemplateResult {
  return html`<span class="history-outcome">${icon(ICONS[outcome], { label: words.outcomes[outcome] })}</span>`
}
