import { html, nothing, svg, type TemplateResult } from 'lit'
import { type Bar, layOutTimings, type TimedPart, type Timings } from '../model/timings.ts'
import { formatDuration, strings } from '../strings.ts'
import './timings-view.css'

const words = strings.timings

/** The height of the bar of one step, and what is from one to the next, in pixels. */
const BAR_HEIGHT = 6
const BAR_DISTANCE = 8

/** More parts are not drawn. */
const MOST_ROWS = 100

/** How a chart is drawn, and what it says of itself. */
export interface ChartLook {
  /** When the piece of work began, in milliseconds since 1970. */
  readonly begin: number
  /** The end of what goes on. */
  readonly now: number
  /** Whether each step has a line of its own, where steps may overlap. */
  readonly apart: boolean
  /** What one row is about, such as `Rendition`. */
  readonly row: string
  readonly caption: string
}

/** When what has happened with the parts of a piece of work, whatever door it is of: bars on one axis, and the same as a table. */
export function timingsView(parts: readonly TimedPart[], look: ChartLook): TemplateResult {
  const shown = parts.slice(0, MOST_ROWS)
  const timings = layOutTimings(shown, look)
  if (timings.steps.length === 0) return html`<p>${words.none}</p>`
  const names = shown.map(({ name }) => name)
  return html`
    <ul class="legend" aria-hidden="true">
      ${timings.steps.map((step) => html`<li class="step-${step}">${words.steps[step]}</li>`)}
    </ul>
    <div class="waterfall" aria-hidden="true">
      ${timings.rows.map(
        (
          bars,
          index,
        ) => html`<div class="waterfall-name" title=${names[index]}>${names[index]}</div>
          ${rowView(bars, timings, look)}`,
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
    ${shown.length < parts.length ? html`<p>${words.rest(parts.length - shown.length)}</p>` : nothing}
    <details class="as-table">
      <summary>${words.asTable}</summary>
      <div class="table-box" role="region" tabindex="0" aria-label=${look.caption}>
        ${tableView(timings, names, look)}
      </div>
    </details>
  `
}

function rowView(
  bars: readonly Bar[],
  { ticks, steps }: Timings,
  { apart }: ChartLook,
): TemplateResult {
  const lineOf = (step: Bar['step']): number => (apart ? steps.indexOf(step) : 1)
  const lines = apart ? steps.length : 3
  return html`<svg width="100%" height=${lines * BAR_DISTANCE + BAR_DISTANCE / 2}>
    ${ticks.map(({ x }) => svg`<line class="tick" x1="${x}%" x2="${x}%" y1="0" y2="100%" />`)}
    ${bars.map(
      ({ step, x, width, start, end }) => svg`<rect
        class="step-${step}"
        x="${x}%" width="${width}%"
        y=${lineOf(step) * BAR_DISTANCE + BAR_DISTANCE / 2 - 1} height=${BAR_HEIGHT}
      ><title>${words.bar(words.steps[step], formatDuration(start), formatDuration(end - start))}</title></rect>`,
    )}
  </svg>`
}

function tableView(
  { rows, steps }: Timings,
  names: readonly string[],
  { row, caption }: ChartLook,
): TemplateResult {
  return html`<table>
    <caption>${caption}</caption>
    <thead>
      <tr>
        <th scope="col">${row}</th>
        ${steps.map((step) => html`<th scope="col">${words.steps[step]}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (bars, index) => html`<tr>
          <th scope="row">${names[index]}</th>
          ${steps.map((step) => html`<td>${cellOf(bars.filter((bar) => bar.step === step))}</td>`)}
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
