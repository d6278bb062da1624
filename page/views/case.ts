import { html, nothing, type TemplateResult } from 'lit'
import type { CaseResult, TestCase } from '../../src/doors/page/api.ts'
import { acceptCaseRendition, startCases, stopCase } from '../commands/case-commands.ts'
import { breakable } from '../elements/breakable.ts'
import { confirm } from '../elements/confirm.ts'
import { logOf } from '../logs/activation-log.ts'
import { badNeighbours, isBad, isWaiting, keyOfCase, standingOf } from '../model/case-list.ts'
import { addressOf } from '../router.ts'
import type { State, Store } from '../state.ts'
import { formatDuration, strings } from '../strings.ts'
import { caseFilesView } from './case-files.ts'
import { standingView } from './case-standing.ts'
import { testModeSwitch } from './test-mode.ts'
import '@spectrum-web-components/button/sp-button.js'
import './case.css'

const words = strings.case

/** One test case: how it ended, what was expected and what was made. */
export function caseView(
  state: State,
  store: Store,
  wanted: { action: string; name: string },
): TemplateResult {
  const { cases } = state
  const key = keyOfCase(wanted)
  const each = cases?.find((one) => keyOfCase(one) === key)
  if (cases === undefined || each === undefined) {
    return html`<h1>${breakable(key)}</h1>
      <p>${cases === undefined ? strings.cases.loading : words.unknown(key)}</p>`
  }
  return html`
    ${wayView(cases, key)}
    <div class="case-head">
      <h1>${breakable(key)}</h1>
      <sp-button
        variant="accent"
        ?disabled=${each.unfit !== undefined}
        @click=${() => void startCases(store, [each])}
        >${each.result === undefined ? words.run : words.runAgain}</sp-button
      >
      ${isWaiting(each) ? stopButton(each, store) : nothing} ${acceptButton(each, store)} ${testModeSwitch(state, store)}
    </div>
    ${verdictView(each)} ${each.unfit === undefined ? insideView(each) : nothing}
  `
}

function stopButton(each: TestCase, store: Store): TemplateResult {
  return html`<sp-button
    class="stop"
    variant="secondary"
    @click=${() => {
      // The button that has the focus goes.
      document.querySelector('main')?.focus({ preventScroll: true })
      void stopCase(store, each)
    }}
    >${strings.cases.stop}</sp-button
  >`
}

/** Of a case that is not fit to be run, nothing of this is known. */
function insideView(each: TestCase): TemplateResult {
  return html`${caseFilesView(each)}
    <section class="case-told">
      <h2>${words.instructions}</h2>
      <pre tabindex="0" role="region" aria-label=${words.instructions}>
${JSON.stringify(each.instructions, undefined, 2)}</pre
      >
      ${each.result && toldView(each.result)}
    </section>`
}

/** The way through what failed, first on the page so that it is the first stop of the keyboard. */
function wayView(cases: readonly TestCase[], key: string): TemplateResult | typeof nothing {
  const { previous, next, position, total } = badNeighbours(cases, key)
  if (total === 0) return nothing
  return html`<nav class="case-way" aria-label=${words.failedCases}>
    ${next && linkTo(next, words.nextFailed)}
    ${previous && linkTo(previous, words.previousFailed)}
    <span>${position === undefined ? words.noneOfThem(total) : words.position(position, total)}</span>
  </nav>`
}

function linkTo({ action, name }: TestCase, text: string): TemplateResult {
  return html`<a href=${addressOf({ view: 'case', action, name })}>${text}</a>`
}

function acceptButton(each: TestCase, store: Store): TemplateResult | typeof nothing {
  if (!isBad(each) || each.result?.hasActual !== true) return nothing
  const accept = async (): Promise<void> => {
    const question = {
      title: words.acceptQuestion(keyOfCase(each)),
      text: words.acceptConsequence,
      confirm: words.acceptConfirm,
    }
    if (!(await confirm(question))) return
    // The button that has the focus goes.
    document.querySelector('main')?.focus({ preventScroll: true })
    await acceptCaseRendition(store, each)
  }
  return html`<sp-button variant="secondary" @click=${() => void accept()}
    >${words.accept}</sp-button
  >`
}

function verdictView(each: TestCase): TemplateResult {
  const { unfit, result } = each
  const message = unfit ?? result?.message ?? ''
  return html`<div class="case-verdict" role="status">
      ${standingView(standingOf(each))}
      ${
        result?.milliseconds === undefined
          ? nothing
          : html`<span class="took">${words.took(formatDuration(result.milliseconds))}</span>`
      }
      ${message === '' ? nothing : html`<p>${message}.</p>`}
    </div>
    ${
      result === undefined || result.differences.length === 0
        ? nothing
        : html`<ul class="case-differences">
            ${result.differences.map((difference) => html`<li>${difference}</li>`)}
          </ul>`
    }`
}

function toldView({ output, log }: CaseResult): TemplateResult {
  return html`
    ${
      output === ''
        ? nothing
        : fold(
            words.output,
            html`<pre tabindex="0" role="region" aria-label=${words.output}>${output}</pre>`,
          )
    }
    ${fold(words.log, logOf(log, words.log))}
  `
}

function fold(title: string, content: TemplateResult): TemplateResult {
  return html`<details>
    <summary>${title}</summary>
    ${content}
  </details>`
}
