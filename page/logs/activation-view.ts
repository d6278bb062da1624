import { html, type TemplateResult } from 'lit'
import type { RequestActivation } from '../../src/doors/page/api.ts'
import { formatDuration } from '../strings.ts'
import './activation-view.css'

/**
 * One of the activations that worked for something: what it was, and its log, folded unless it is open.
 *
 * @param log - shows what it has printed
 */
export function activationView(
  { id, action, status, start, end }: Omit<RequestActivation, 'logs'>,
  isOpen: boolean,
  log: TemplateResult,
): TemplateResult {
  return html`<details class="activation" ?open=${isOpen}>
    <summary>
      <strong>${action}</strong> ${status} · ${formatDuration(end - start)} <code>${id}</code>
    </summary>
    ${log}
  </details>`
}
