import { html, nothing, type TemplateResult } from 'lit'
import type { KnownRun } from '../model/run-list.ts'
import { strings } from '../strings.ts'
import { styleMap } from '../style-map.ts'
import './outcome-bar.css'

/** The parts of the bar, in their order; what has not ended is the rest of it. */
const PARTS = ['created', 'failed', 'stopped'] as const

/** How far a run is, and what became of it, as a bar. */
export function outcomeBar(
  { told: { counts, done: ended, total: planned } }: Pick<KnownRun, 'told'>,
  isUnderWay: boolean,
): TemplateResult {
  return html`<div
    class="outcome-bar"
    role=${isUnderWay ? 'progressbar' : nothing}
    aria-label=${isUnderWay ? strings.wholeRun.progress : nothing}
    aria-valuemax=${isUnderWay ? planned : nothing}
    aria-valuenow=${isUnderWay ? ended : nothing}
    aria-valuetext=${isUnderWay ? strings.wholeRun.part(ended, planned) : nothing}
  >
    ${PARTS.map((part) =>
      counts[part] === 0
        ? nothing
        : html`<span data-part=${part} style=${styleMap({ 'inline-size': `${(100 * counts[part]) / planned}%` })}></span>`,
    )}
  </div>`
}
