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

/** What a chart calls its steps and itself. */
export interface ChartWords<Step extends string> {
  readonly steps: Readonly<Record<Step, string>>
  /** What one row is about, such as `Rendition`. */
  readonly row: string
  readonly caption: string
}

/** How a chart is drawn. */
export interface ChartLook<Step extends string> {
  readonly steps: readonly Step[]
  /** Whether each step has a line of its own, where steps may overlap. */
  readonly apart: boolean
}

/** When what has happened, of all renditions of a request. */
export function timingsView(request: DevtoolRequest): TemplateResult {
  const timings = layOutTimings(request)
  if (timings.rows.every((row) => row.length === 0)) return html`<p>${words.none}</p>`
  return timingsChart(
    timings,
    request.renditions.map(nameOf),
    { steps: STEPS, apart: true },
    {
      steps: words.steps,
      row: words.rendition,
      caption: words.caption,
    },
  )
}

/** Bars on one axis, and the same as a table. */
export function timingsChart<Step extends string>(
  timings: Timings<Step>,
  names: readonly string[],
  look: ChartLook<Step>,
  said: ChartWords<Step>,
): TemplateResult {
  const { steps } = look
  return html`
    <ul class="legend" aria-hidden="true">
      ${steps.map((step) => html`<li class="step-${step}">${said.steps[step]}</li>`)}
    </ul>
    <div class="waterfall" aria-hidden="true">
      ${timings.rows.map(
        (bars, index) => html`<div class="waterfall-name">${names[index]}</div>
          ${rowView(bars, timings, look, said)}`,
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
      <div class="table-box" role="region" tabindex="0" aria-label=${said.caption}>
        ${tableView(timings, names, steps, said)}
      </div>
    </details>
  `
}

function rowView<Step extends string>(
  bars: readonly Bar<Step>[],
  { ticks }: Timings<Step>,
  { steps, apart }: ChartLook<Step>,
  said: ChartWords<Step>,
): TemplateResult {
  const lineOf = (step: Step): number => (apart ? steps.indexOf(step) : 1)
  const lines = apart ? steps.length : 3
  return html`<svg width="100%" height=${lines * BAR_DISTANCE + BAR_DISTANCE / 2}>
    ${ticks.map(({ x }) => svg`<line class="tick" x1="${x}%" x2="${x}%" y1="0" y2="100%" />`)}
    ${bars.map(
      ({ step, x, width, start, end }) => svg`<rect
        class="step-${step}"
        x="${x}%" width="${width}%"
        y=${lineOf(step) * BAR_DISTANCE + BAR_DISTANCE / 2 - 1} height=${BAR_HEIGHT}
      ><title>${words.bar(said.steps[step], formatDuration(start), formatDuration(end - start))}</title></rect>`,
    )}
  </svg>`
}

function tableView<Step extends string>(
  { rows }: Timings<Step>,
  names: readonly string[],
  steps: readonly Step[],
  said: ChartWords<Step>,
): TemplateResult {
  return html`<table>
    <caption>${said.caption}</caption>
    <thead>
      <tr>
        <th scope="col">${said.row}</th>
        ${steps.map((step) => html`<th scope="col">${said.steps[step]}</th>`)}
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

function cellOf(bars: readonly Bar<string>[]): string {
  return bars
    .map(({ start, end }) => words.cell(formatDuration(end - start), formatDuration(start)))
    .join('; ')
}

/** Texts at the ends of the axis stay within it. */
function anchorOf(x: number): string {
  if (x === 0) return 'start'
  return x > 94 ? 'end' : 'middle'
}
