import { html, svg, type TemplateResult } from 'lit'
import type { Standing } from '../model/case-list.ts'
import { strings } from '../strings.ts'
import './case-standing.css'

const DISC = svg`<circle cx="8" cy="8" r="7" fill="currentcolor" />`
const RING = svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentcolor" stroke-width="1.5" />`

const TICK = svg`<path class="inner" d="m4.8 8.3 2.2 2.3 4.2-5" />`

/** Shapes that are told apart without their colours. */
const SHAPES: Readonly<Record<Standing, TemplateResult<2>>> = {
  'not-run': RING,
  queued: svg`${RING}<path class="line" d="M8 4.8V8l2.2 1.6" />`,
  running: svg`<path class="line turning" d="M8 2a6 6 0 1 1-6 6" />`,
  passed: svg`${DISC}${TICK}`,
  'expected-error': svg`<path d="M8 .8 15.2 8 8 15.2.8 8Z" fill="currentcolor" />${TICK}`,
  failed: svg`${DISC}<path class="inner" d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4" />`,
  error: svg`<path d="M8 1.2 15.4 14.6H.6Z" fill="currentcolor" /><path class="inner" d="M8 6v4.4m0 1.4v.6" />`,
  skipped: svg`${RING}<path class="line" d="M5.2 8h5.6" />`,
  stopped: svg`${RING}<path class="line" d="M6 5.8v4.4m4-4.4v4.4" />`,
  'not-runnable': svg`${RING}<path class="line" d="m4 12 8-8" />`,
}

/** How a case stands: an icon and a word. */
export function standingView(standing: Standing): TemplateResult {
  return html`<span class="standing ${standing}"
    ><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${SHAPES[standing]}</svg
    >${strings.cases.standings[standing]}</span
  >`
}
