import { ms } from '../measure.ts'
import {
  CONTENDER_NAMES,
  CONTENDERS,
  type ContenderName,
  figureOf,
  ratioOf,
  type TaskResult,
} from './results.ts'
import { megabytes, times } from './table.ts'

/** Measures of the drawing, in pixels. */
const WIDTH = 880
const EDGE = 32
const BARS_LEFT = 204
const BARS_RIGHT = 660
const TOP = 92
const HEADING = 30
const ROW = 25
const BAR = 15
const GAP = 19

const STYLE = `
    text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: #1f2328 }
    .title { font-size: 19px; font-weight: 600 }
    .heading { font-size: 14px; font-weight: 600 }
    .muted { fill: #59636e }
    .value { font-weight: 600 }
    .figures { stroke: #ffffff; stroke-width: 5px; stroke-linejoin: round; paint-order: stroke }
    .ground { fill: #ffffff; stroke: #d1d9e0 }
    .grid { stroke: #d1d9e0 }
    .bare { fill: #8c96a3 }
    .engine { fill: #0b7a75 }
    .service { fill: #73b9b2 }
    .sdk { fill: #c96f3b }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc }
      .muted { fill: #9198a1 }
      .figures { stroke: #0d1117 }
      .ground { fill: #0d1117; stroke: #3d444d }
      .grid { stroke: #2a3038 }
      .bare { fill: #7d8590 }
      .engine { fill: #2cb5a5 }
      .service { fill: #1d6f68 }
      .sdk { fill: #db8552 }
    }
  `

/** Where a time stands on the axis. */
interface Scale {
  /** The times that have a line, each ten times the one before. */
  readonly steps: readonly number[]
  /** Its distance from the left edge of the drawing, in pixels. */
  x: (time: number) => number
}

/** Draws the times of all tasks as bars, for light and for dark pages. */
export function drawChart(tasks: readonly TaskResult[]): string {
  const scale = createScale(
    tasks.flatMap(({ results }) =>
      CONTENDER_NAMES.flatMap((name) => figureOf(results[name], 'ms') ?? []),
    ),
  )
  const groupHeight = HEADING + CONTENDER_NAMES.length * ROW + GAP
  const bottom = TOP + tasks.length * groupHeight - GAP
  const height = bottom + 40
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title">`,
    `  <style>${STYLE}</style>`,
    `  <rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>`,
    `  <text class="title" id="title" x="${EDGE}" y="42">How long renditions take</text>`,
    `  <text class="muted" x="${EDGE}" y="65">Shorter is better. The scale is logarithmic; × compares with bare sharp.</text>`,
    ...tasks.flatMap((task, index) => drawTask(task, TOP + index * groupHeight, scale)),
    ...scale.steps.map((step) => drawStep(step, scale, bottom)),
    '</svg>\n',
  ].join('\n')
}

function createScale(values: readonly number[]): Scale {
  const first = Math.floor(Math.log10(Math.min(...values)))
  const last = Math.log10(Math.max(...values))
  const width = BARS_RIGHT - BARS_LEFT
  return {
    steps: Array.from({ length: Math.floor(last) - first + 1 }, (_, step) => 10 ** (first + step)),
    x: (time) => BARS_LEFT + ((Math.log10(time) - first) / Math.max(1, last - first)) * width,
  }
}

function drawTask(result: TaskResult, top: number, scale: Scale): string[] {
  const bars = top + HEADING
  const end = bars + CONTENDER_NAMES.length * ROW - (ROW - BAR)
  const lines = scale.steps.map((step) => {
    const x = round(scale.x(step))
    return `  <line class="grid" x1="${x}" x2="${x}" y1="${bars - 4}" y2="${end + 4}"/>`
  })
  return [
    `  <text class="heading" x="${EDGE}" y="${top + 17}">${escape(result.task.title)}</text>`,
    ...lines,
    ...CONTENDER_NAMES.flatMap((name, row) => drawBar(result, name, bars + row * ROW, scale)),
  ]
}

function drawStep(step: number, scale: Scale, bottom: number): string {
  const label = step < 1000 ? `${step} ms` : `${step / 1000} s`
  return `  <text class="muted" x="${round(scale.x(step))}" y="${bottom + 19}" text-anchor="middle">${label}</text>`
}

function drawBar({ task, results }: TaskResult, name: ContenderName, top: number, scale: Scale) {
  const result = results[name]
  const baseline = top + BAR - 3
  const label = `  <text x="${BARS_LEFT - 12}" y="${baseline}" text-anchor="end">${CONTENDERS[name]}</text>`
  if (!result.known) {
    return [
      label,
      `  <text class="figures muted" x="${BARS_LEFT + 8}" y="${baseline}">${escape(result.why)}</text>`,
    ]
  }
  const ratio = name === 'bare' ? undefined : ratioOf(result, results.bare)
  const notes = [
    ...(ratio === undefined ? [] : [times(ratio)]),
    ...(task.name === 'huge' && result.peakBytes !== undefined
      ? [megabytes(result.peakBytes)]
      : []),
    ...(task.name === 'many' && result.cores !== undefined
      ? [`${result.cores.toFixed(2)} cores busy`]
      : []),
  ].join(', ')
  const width = round(Math.max(2, scale.x(result.ms) - BARS_LEFT))
  const end = round(BARS_LEFT + width + 8)
  return [
    label,
    `  <rect class="${name}" x="${BARS_LEFT}" y="${top}" width="${width}" height="${BAR}" rx="2"/>`,
    `  <text class="figures" x="${end}" y="${baseline}"><tspan class="value">${ms(result.ms)}</tspan><tspan class="muted" dx="8">${escape(notes)}</tspan></text>`,
  ]
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
