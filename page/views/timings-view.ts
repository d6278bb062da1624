import { html, svg, type TemplateResult } from 'lit'
import type { DevtoolRequest } from '../../src/doors/page/api.ts'
import { nameOf } from '../model/request-summary.ts'
import { type Bar, layOutTimings, STEPS, type Timings } from '../model/timings.ts'
import { formatDuration, strings } from '../strings.ts'
import './timings-view.css'

const words = strings.timings

/** The height of the bar of one step, and what is from one to the next, in pixels. */
const BAR_HEIGHT = 6
const BAR_DISTANCE = 8

/** When what has happened, of all renditions of a request: bars on one axis, and the same as a table. */
export function timingsView(request: DevtoolRequest): TemplateResult {
  const timings = layOutTimings(request)
  if (timings.rows.every((row) => row.length === 0)) return html`<p>${words.none}</p>`
  const names = request.renditions.map(nameOf)
  return html`
    <ul class="legend" aria-hidden="true">
      ${STEPS.map((step) => html`<li class="step-${step}">${words.steps[step]}</li>`)}
    </ul>
    <div class="waterfall" aria-hidden="true">
      ${timings.rows.map(
        (bars, index) => html`<div class="waterfall-name">${names[index]}</div>
          ${rowView(bars, timings)}`,
      )}
      <div></div>
      <div class="axis">
        <svg width="100%" height="20">
          ${timings.ticks.map(
            ({ x, milliseconds }) => svg`<text
              x="${x}%" y="14" text-anchor=${anchorOf(x)}>${formatDuration(milliseconds)}</text>`,
          )}
        </svg>
      </div>
    </div>
    <details class="as-table">
      <summary>${words.asTable}</summary>
      <div class="table-box" role="region" tabindex="0" aria-label=${words.caption}>
        ${tableView(timings, names)}
      </div>
    </details>
  `
}

/** Each step has a line of its own, since steps may overlap. */
function rowView(bars: readonly Bar[], { ticks }: Timings): TemplateResult {
  return html`<svg width="100%" height=${STEPS.length * BAR_DISTANCE + BAR_DISTANCE / 2}>
    ${ticks.map(({ x }) => svg`<line class="tick" x1="${x}%" x2="${x}%" y1="0" y2="100%" />`)}
    ${bars.map(
      ({ step, x, width, start, end }) => svg`<rect
        class="step-${step}"
        x="${x}%" width="${width}%"
        y=${STEPS.indexOf(step) * BAR_DISTANCE + BAR_DISTANCE / 2 - 1} height=${BAR_HEIGHT}
      ><title>${words.bar(words.steps[step], formatDuration(start), formatDuration(end - start))}</title></rect>`,
    )}
  </svg>`
}

function tableView({ rows }: Timings, names: readonly string[]): TemplateResult {
  return html`<table>
    <caption>${words.caption}</caption>
    <thead>
      <tr>
        <th scope="col">${words.rendition}</th>
        ${STEPS.map((step) => html`<th scope="col">${words.steps[step]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (bars, index) => html`<tr>
          <th scope="row">${names[index]}</th>
          ${STEPS.map((step) => html`<td>${cellOf(bars.filter((bar) => bar.step === step))}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`
}

function cellOf(bars: readonly Bar[]): string {
  return bars
    .map(({ start, end }) => words.cell(formatDuration(end - start), formatDuration(start)))
    .join('; ')
}

/** Texts at the ends of the axis stay within it. */
function anchorOf(x: number): string {
  if (x === 0) return 'start'
  return x > 94 ? 'end' : 'middle'
}
