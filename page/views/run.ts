import { html, nothing, type TemplateResult } from 'lit'
import { run } from '../commands/request-commands.ts'
import { readComposition } from '../composition/reading.ts'
import { compositionView } from '../composition/view.ts'
import { findRun, latestRunId } from '../model/run-list.ts'
import { type Hindrance, hindranceOf } from '../model/run-readiness.ts'
import type { State, Store } from '../state.ts'
import { strings } from '../strings.ts'
import { firstRunView } from './first-run.ts'
import { goToFirstMistake, mistakesView, unfoldedOf } from './mistakes-view.ts'
import { profileView } from './profile.ts'
import { sourcesView } from './sources-view.ts'
import { wholeRunSection } from './whole-run.ts'
import '@spectrum-web-components/button/sp-button.js'
import './run.css'

const words = strings.run

/** What is to be run, and what became of the latest run. */
export function runView(state: State, store: Store): TemplateResult {
  return html`
    <h1 class="unseen">${words.title}</h1>
    <div class="run">
      <div class="run-parts">
        <section aria-labelledby="sources-title">
          <h2 id="sources-title">${words.sources}</h2>
          ${sourcesView(state, store)}
        </section>
        <section class="run-renditions" aria-labelledby="renditions-title">
          <h2 id="renditions-title">${words.renditions}</h2>
          ${
            isBeginning(state)
              ? nothing
              : html`${profileView(state, store)}
                ${compositionView({
                  text: state.composition,
                  onChange: (composition) => store.change({ composition }),
                  mode: state.mode,
                  onMode: (mode) => store.change({ mode }),
                  unfolded: unfoldedOf(state),
                  onUnfold: (unfolded) => store.change({ unfolded }),
                })}`
          }
        </section>
        ${runBar(state, store)}
      </div>
      <section class="results" aria-labelledby="results-title">
        <h2 id="results-title">${strings.results.title}</h2>
        ${resultsView(state, store)}
      </section>
    </div>
  `
}

/** Sends what is composed, unless something hinders it. */
export function runComposed(store: Store): void {
  const state = store.state()
  const renditions = renditionsOf(state)
  const hindrance = hindranceOf(state, renditions)
  if (hindrance === 'unreadable') goToFirstMistake(state, store)
  if (renditions === undefined || hindrance !== undefined) return
  void run(
    store,
    state.sources.map(({ id }) => id),
    renditions,
    // Once they are drawn, so that there is something to scroll to.
  ).then(() => requestAnimationFrame(showResults))
}

/** Before the profiles are known there is nothing to be edited. */
function isBeginning({ composition, profiles }: State): boolean {
  return composition === '' && profiles.length === 0
}

function runBar(state: State, store: Store): TemplateResult {
  const hindrance = hindranceOf(state, renditionsOf(state))
  return html`<div class="run-bar">
    <sp-button
      variant="accent"
      ?disabled=${hindrance !== undefined}
      aria-describedby="run-hint"
      @click=${() => runComposed(store)}
      >${words.run}</sp-button
    >
    <div id="run-hint">
      ${isBeginning(state) ? nothing : hintOf(hindrance, state, store)}
    </div>
  </div>`
}

function hintOf(hindrance: Hindrance | undefined, state: State, store: Store): TemplateResult {
  return html`${hindrance === undefined ? html`<kbd>${words.keys}</kbd>` : words.hindrances[hindrance]}
  ${mistakesView(state, store)}`
}

function resultsView(state: State, store: Store): TemplateResult {
  const latest = latestRunId(state)
  const found = latest === undefined ? undefined : findRun(state, latest)
  if (found !== undefined) return wholeRunSection(found, state, store)
  if (state.sending) return html`<p class="late">${strings.wholeRun.sending}</p>`
  // The latest run is of the past, and the history on its way.
  const isComing = state.moreHistory === undefined && state.historyProblem === undefined
  if (isComing && state.online) {
    return html`<p class="late">${strings.results.loading}</p>`
  }
  return firstRunView(state, store, {
    hindrance: hindranceOf(state, renditionsOf(state)),
    run: () => runComposed(store),
  })
}

function renditionsOf({ composition }: State) {
  const read = readComposition(composition)
  return 'renditions' in read ? read.renditions : undefined
}

/** In a narrow window the results are far below, and who looked at those of the run before is far down. */
function showResults(): void {
  const title = document.querySelector('#results-title')
  if (title === null) return
  const { top } = title.getBoundingClientRect()
  if (top < 0 || top > innerHeight - 100) title.scrollIntoView()
}
