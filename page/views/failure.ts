import { html, nothing, type TemplateResult } from 'lit'
import { textOfLogLine } from '../../src/contract/activation-log.ts'
import type { DevtoolRequest, Rendition } from '../../src/doors/page/api.ts'
import { TabSet } from '../elements/tab-set.ts'
import { strings } from '../strings.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import './failure.css'

const words = strings.failure

/** Why a rendition failed: what its reason means and what can be done, the sentence of the worker, and the line of the log. */
export function failureView(
  { activations }: DevtoolRequest,
  { reason, message, line }: NonNullable<Rendition['failure']>,
): TemplateResult {
  const { meaning, remedy } = meaningOf(reason)
  const telling = activations.find(({ id }) => id === line?.activationId)?.logs[line?.line ?? -1]
  return html`<section class="why" aria-labelledby="why-title">
    <h2 id="why-title">${words.title(reason)}</h2>
    ${message === '' ? nothing : html`<p class="why-message">${message}</p>`}
    <p>${meaning} ${remedy}</p>
    ${
      line === undefined || telling === undefined
        ? nothing
        : html`<p class="why-line">
              <span>${words.line(line.line + 1)}</span>
              <code>${textOfLogLine(telling)}</code>
            </p>
            <sp-action-button size="s" @click=${() => void showLine()}
              >${words.showLine}</sp-action-button
            >`
    }
  </section>`
}

function meaningOf(reason: string): { meaning: string; remedy: string } {
  const reasons: Readonly<Record<string, { meaning: string; remedy: string }>> = words.reasons
  return reasons[reason] ?? words.otherReason
}

/** Chooses the logs, and brings the line that tells why into sight. */
async function showLine(): Promise<void> {
  const tabs = document.querySelector('tab-set')
  if (!(tabs instanceof TabSet)) return
  tabs.selected = 'logs'
  await tabs.updateComplete
  const log = tabs.querySelector('.log:has(.telling)')
  if (!(log instanceof HTMLElement)) return
  log.scrollIntoView({ block: 'center' })
  log.focus({ preventScroll: true })
}
