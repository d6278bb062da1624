import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { TestCase } from '../../src/doors/page/api.ts'
import { startCases, stopCases } from '../commands/case-commands.ts'
import {
  countStandings,
  filterCases,
  groupByAction,
  isBad,
  isWaiting,
  keyOfCase,
  type Standing,
  standingOf,
} from '../model/case-list.ts'
import { type CaseProgress, progressOf, quartersDone } from '../model/case-progress.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDuration, formatNumber, strings } from '../strings.ts'
import { standingView } from './case-standing.ts'
import { searchFilter } from './search-filter.ts'
import { testModeSwitch } from './test-mode.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/button/sp-button.js'
import './cases-view.css'

const words = strings.cases

/** What cases can be filtered by; the last ones only where there are such cases. */
const COMMON: readonly Standing[] = ['not-run', 'passed', 'expected-error', 'failed', 'error']
const RARE: readonly Standing[] = ['skipped', 'stopped', 'not-runnable']

/** The list of all test cases. */
export function casesView(state: State, store: Store): TemplateResult {
  const { cases, caseBatch, caseFilter } = state
  if (cases === undefined) return html`<h1>${words.title}</h1><p>${words.loading}</p>`
  if (cases.length === 0) {
    return html`<h1>${words.title}</h1><p>${words.none}</p><p>${words.howToWrite}</p>`
  }
  const shown = filterCases(cases, caseFilter)
  const progress = progressOf(caseBatch, cases)
  return html`
    <div class="cases-head">
      <h1>${words.title}</h1>
      ${runButton(words.runAll, 'accent', cases, store)}
      ${runButton(words.runShown, 'secondary', shown.length === cases.length ? [] : shown, store)}
      ${progress && progressView(progress, store)} ${goThroughView(cases)}
      ${testModeSwitch(state, store)}
    </div>
    <p class="unseen" role="status">${progress && announcementOf(progress)}</p>
    ${filterView(state, cases, store)}
    <p class="cases-shown" role="status" aria-live=${cases.some(isWaiting) ? 'off' : 'polite'}>
      ${words.shown(shown.length, cases.length)}
    </p>
    ${shown.length === 0 ? noneShownView(store) : nothing}
    ${repeat(
      groupByAction(shown),
      ([action]) => action,
      ([action, members]) => groupView(action, members, store),
    )}
  `
}

/** It stays as it is while cases run, since a button that is disabled loses the focus. */
function runButton(
  label: string,
  variant: 'accent' | 'secondary',
  cases: readonly TestCase[],
  store: Store,
): TemplateResult {
  return html`<sp-button
    variant=${variant}
    ?disabled=${cases.every(({ unfit }) => unfit !== undefined)}
    @click=${() => void startCases(store, cases)}
    >${label}</sp-button
  >`
}

function progressView({ done, total, bad }: CaseProgress, store: Store): TemplateResult {
  return html`<div class="cases-progress">
    <progress aria-label=${words.progressName} max=${total} .value=${done}></progress>
    <span>${words.progress(done, total, bad)}</span>
    ${
      done === total
        ? nothing
        : html`<sp-action-button class="stop" size="s" @click=${() => void stopCases(store)}
            >${words.stop}</sp-action-button
          >`
    }
  </div>`
}

function announcementOf(progress: CaseProgress): string {
  const quarters = quartersDone(progress)
  const { total, bad } = progress
  if (quarters === 4) return words.done(total, bad)
  return quarters === 0 ? words.begun : words.quarters(quarters, total)
}

function goThroughView(cases: readonly TestCase[]): TemplateResult | typeof nothing {
  const bad = cases.filter(isBad)
  const [first] = bad
  if (first === undefined) return nothing
  const { action, name } = first
  return html`<a href=${addressOf({ view: 'case', action, name })}>${words.goThrough(bad.length)}</a>`
}

function filterView(
  { caseFilter }: State,
  cases: readonly TestCase[],
  store: Store,
): TemplateResult {
  const counts = countStandings(cases)
  const rare = RARE.filter((each) => counts.has(each) || caseFilter.state === each)
  return searchFilter({
    search: words.search,
    states: words.states,
    filter: caseFilter,
    choices: [
      { value: '', label: words.all, count: cases.length },
      ...[...COMMON, ...rare].map((state) => ({
        value: state,
        label: words.standings[state],
        count: counts.get(state) ?? 0,
      })),
    ],
    onChange: (filter) => store.change({ caseFilter: filter }),
  })
}

function noneShownView(store: Store): TemplateResult {
  return html`<p>${words.noneShown}</p>
    <sp-button
      variant="secondary"
      @click=${() => store.change({ caseFilter: { text: '', state: '' } })}
      >${words.showAll}</sp-button
    >`
}

function groupView(action: string, cases: readonly TestCase[], store: Store): TemplateResult {
  const id = `cases-of-${action}`
  return html`<section class="case-group">
    <h2 id=${id}>${action}<span class="count">${formatNumber(cases.length)}</span></h2>
    <ul role="list" aria-labelledby=${id}>
      ${repeat(cases, keyOfCase, (each) => rowView(each, store))}
    </ul>
  </section>`
}

function rowView(each: TestCase, store: Store): TemplateResult {
  const { action, name, unfit, result } = each
  const told = isBad(each) ? result?.message : unfit
  const milliseconds = result?.milliseconds
  return html`<li>
    ${standingView(standingOf(each))}
    <a href=${addressOf({ view: 'case', action, name })}>${name}</a>
    <span class="time">${milliseconds === undefined ? nothing : formatDuration(milliseconds)}</span>
    <button
      aria-label=${words.runNamed(keyOfCase(each))}
      ?disabled=${unfit !== undefined}
      @click=${() => void startCases(store, [each])}
    >
      ${words.run}
    </button>
    ${told ? html`<p>${told}.</p>` : nothing}
  </li>`
}
