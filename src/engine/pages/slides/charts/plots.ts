import type { PageMark, PathStep } from '../../drawing/page.ts'
import { type Box, ellipse, rectangle } from '../../drawing/shapes.ts'
import { type Colour, toLetterColour } from '../colours/colour.ts'
import { shareOfScale } from './axes.ts'
import type { ChartText } from './chart-text.ts'
import type { Plot, Series } from './read-chart.ts'
import { placeOf, type Scale } from './scale.ts'

/** How wide lines are, and points, in points. */
const LINE_WIDTH = 2.25
const POINT = 6

/** How wide the largest bubble is, as a share of where values are drawn. */
const BUBBLE = 0.25

/** What a plot is drawn with. */
export interface PlotTools {
  readonly scale: Scale
  /** Of points from left to right. */
  readonly places: Scale
  /** Where values are drawn. */
  readonly area: Box
  readonly text: ChartText
  readonly pointColour: (series: Series, index: number) => Colour
  /** How many places there are from left to right, and what they are called. */
  readonly count: number
  readonly categories: readonly string[]
}

/** Draws the values of a chart, but for slices. */
export function drawPlot(plot: Plot, tools: PlotTools): PageMark[] {
  switch (plot.kind) {
    case 'bar':
      return drawBars(plot, tools)
    case 'line':
      return drawLines(plot, tools)
    case 'area':
      return drawAreas(plot, tools)
    case 'scatter':
      return drawPoints(plot, tools)
    case 'radar':
      return drawRings(plot, tools)
    case 'pie':
    default:
      return []
  }
}

/** From where to where each value reaches, those of series that stand on each other included. */
function stacked({
  kind,
  series,
  stacking,
}: Plot): readonly (readonly [from: number, to: number] | undefined)[][] {
  const sums = new Map<number, { up: number; down: number; all: number }>()
  for (const { values } of series) {
    for (const [index, value] of values.entries()) {
      const sum = sums.get(index) ?? { up: 0, down: 0, all: 0 }
      sum.all += Math.abs(value ?? 0)
      sums.set(index, sum)
    }
  }
  return series.map(({ values }) =>
    values.map((value, index) => {
      if (value === undefined) return undefined
      const sum = sums.get(index)
      if (stacking === 'none' || sum === undefined) return [0, value] as const
      const height = stacking === 'percent' ? value / (sum.all || 1) : value
      // Bars go downwards from the axis where a value is less than 0; areas are one on the other all the same.
      const isBelow = kind === 'bar' && height < 0
      const from = isBelow ? sum.down : sum.up
      if (isBelow) sum.down += height
      else sum.up += height
      return [from, from + height] as const
    }),
  )
}

function drawBars(plot: Plot, { scale, area, text, pointColour, count }: PlotTools): PageMark[] {
  const { series, isHorizontal, stacking, gap } = plot
  const isStacked = stacking !== 'none'
  const overlap = isStacked ? 1 : plot.overlap
  const beside = isStacked ? 1 : Math.max(1, series.length)
  const step = (isHorizontal ? area.height : area.width) / count
  const width = step / (beside - (beside - 1) * overlap + gap)
  const reaches = stacked(plot)
  return series.flatMap((each, index) =>
    each.values.flatMap((_, at): PageMark[] => {
      const reach = reaches[index]?.[at]
      if (reach === undefined) return []
      const [low, high] = reach.map((value) => shareOfScale(value, scale)).toSorted((a, b) => a - b)
      const [from, to] = [low ?? 0, high ?? 0]
      const along = at * step + (width * gap) / 2 + (isStacked ? 0 : index * width * (1 - overlap))
      const bar = isHorizontal
        ? {
            x: area.x + from * area.width,
            y: area.y + area.height - along - width,
            width: (to - from) * area.width,
            height: width,
          }
        : {
            x: area.x + along,
            y: area.y + area.height * (1 - to),
            width,
            height: (to - from) * area.height,
          }
      const fill = toLetterColour(pointColour(each, at))
      const label = each.label?.(at) ?? ''
      return [
        { kind: 'path', path: rectangle(bar), fill },
        ...text.write(label, labelBox(bar, { isHorizontal, isStacked, text }), {
          align: isHorizontal && !isStacked ? 'left' : 'centre',
          anchor: isStacked || isHorizontal ? 'middle' : 'bottom',
        }),
      ]
    }),
  )
}

function labelBox(
  bar: Box,
  {
    isHorizontal,
    isStacked,
    text,
  }: { readonly isHorizontal: boolean; readonly isStacked: boolean; readonly text: ChartText },
): Box {
  if (isStacked) return { ...bar, width: Math.max(1, bar.width) }
  if (isHorizontal) return { x: bar.x + bar.width + 3, y: bar.y, width: 100, height: bar.height }
  const wide = Math.max(bar.width, text.size * 4)
  return {
    x: bar.x + (bar.width - wide) / 2,
    y: bar.y - text.size * 2 - 2,
    width: wide,
    height: text.size * 2,
  }
}

type Point = readonly [x: number, y: number]

/** Where the values of each series are, those that there are not left out. */
function linesOf(
  plot: Plot,
  { scale, area, count }: PlotTools,
): readonly (readonly (Point | undefined)[])[] {
  const step = area.width / count
  return stacked(plot).map((reaches) =>
    reaches.map((reach, index) =>
      reach === undefined
        ? undefined
        : [
            area.x + (index + 0.5) * step,
            area.y + area.height * (1 - shareOfScale(reach[1], scale)),
          ],
    ),
  )
}

function drawLines(plot: Plot, tools: PlotTools): PageMark[] {
  return linesOf(plot, tools).flatMap((points, index) => {
    const series = plot.series[index]
    if (series === undefined) return []
    const colour = toLetterColour(tools.pointColour(series, -1))
    return [
      ...(series.isJoined ? [joined(points, colour)] : []),
      ...(series.hasDots ? points.flatMap((point) => dot(point, colour)) : []),
      ...points.flatMap((point, at) => labelAt(point, series.label?.(at), tools.text)),
    ]
  })
}

/** A line through points, with gaps where there are none. */
function joined(
  points: readonly (Point | undefined)[],
  colour: ReturnType<typeof toLetterColour>,
): PageMark {
  const steps = points.flatMap((point, index): PathStep[] =>
    point === undefined ? [] : [[points[index - 1] === undefined ? 'M' : 'L', ...point]],
  )
  return {
    kind: 'path',
    path: { steps },
    stroke: { colour, width: LINE_WIDTH, join: 'round', cap: 'round' },
  }
}

function dot(
  point: Point | undefined,
  fill: ReturnType<typeof toLetterColour>,
  size = POINT,
): PageMark[] {
  if (point === undefined) return []
  const box = { x: point[0] - size / 2, y: point[1] - size / 2, width: size, height: size }
  return [{ kind: 'path', path: ellipse(box), fill }]
}

function labelAt(point: Point | undefined, label: string | undefined, text: ChartText): PageMark[] {
  if (point === undefined || label === undefined) return []
  const box = {
    x: point[0] - 50,
    y: point[1] - text.size * 2 - 3,
    width: 100,
    height: text.size * 2,
  }
  return text.write(label, box, { align: 'centre', anchor: 'bottom' })
}

function drawAreas(plot: Plot, tools: PlotTools): PageMark[] {
  const { scale, area, count } = tools
  const step = count > 1 ? area.width / (count - 1) : area.width
  const at = (index: number, value: number): Point => [
    area.x + index * step,
    area.y + area.height * (1 - shareOfScale(value, scale)),
  ]
  return stacked(plot).flatMap((reaches, index) => {
    const series = plot.series[index]
    if (series === undefined || reaches.length === 0) return []
    const there = reaches.flatMap((each, place) => (each === undefined ? [] : [{ each, place }]))
    const points = [
      ...there.map(({ each, place }) => at(place, each[1])),
      ...there.toReversed().map(({ each, place }) => at(place, each[0])),
    ]
    const steps: PathStep[] = points.map(([x, y], place) => [place === 0 ? 'M' : 'L', x, y])
    return [
      {
        kind: 'path',
        path: { steps: [...steps, ['Z']] },
        fill: toLetterColour(tools.pointColour(series, -1)),
      },
    ]
  })
}

function drawPoints(plot: Plot, { scale, places, area, pointColour }: PlotTools): PageMark[] {
  const largest = Math.max(
    ...plot.series.flatMap(({ sizes }) => (sizes ?? []).map((size) => Math.abs(size ?? 0))),
  )
  const sizeOf = ({ sizes }: Series, index: number): number | undefined =>
    sizes === undefined || largest <= 0
      ? undefined
      : Math.sqrt(Math.abs(sizes[index] ?? 0) / largest) *
        Math.min(area.width, area.height) *
        BUBBLE
  return plot.series.flatMap((series) => {
    const colour = toLetterColour(pointColour(series, -1))
    const points = series.values.map((value, index): Point | undefined => {
      if (value === undefined) return undefined
      return [
        area.x + shareOfScale(placeOf(series, index), places) * area.width,
        area.y + area.height * (1 - shareOfScale(value, scale)),
      ]
    })
    return [
      ...(series.isJoined ? [joined(points, colour)] : []),
      ...(series.hasDots
        ? points.flatMap((point, index) => dot(point, colour, sizeOf(series, index)))
        : []),
    ]
  })
}

function drawRings(plot: Plot, tools: PlotTools): PageMark[] {
  const { scale, area, count, categories, text } = tools
  const radius = Math.max(1, Math.min(area.width, area.height) / 2 - text.size * 1.5)
  const [x, y] = [area.x + area.width / 2, area.y + area.height / 2]
  const at = (index: number, share: number): Point => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2
    return [x + Math.cos(angle) * radius * share, y + Math.sin(angle) * radius * share]
  }
  const ring = (shares: readonly number[]): PathStep[] => [
    ...shares.map((share, index): PathStep => [index === 0 ? 'M' : 'L', ...at(index, share)]),
    ['Z'],
  ]
  const grey = { red: 217, green: 217, blue: 217, alpha: 255 }
  return [
    ...scale.ticks.map((tick): PageMark => {
      const share = shareOfScale(tick, scale)
      const steps = ring(Array.from({ length: count }, () => share))
      return { kind: 'path', path: { steps }, stroke: { colour: grey, width: 0.75 } }
    }),
    ...plot.series.map((series): PageMark => {
      const shares = Array.from({ length: count }, (_, index) =>
        shareOfScale(series.values[index] ?? 0, scale),
      )
      const colour = toLetterColour(tools.pointColour(series, -1))
      return {
        kind: 'path',
        path: { steps: ring(shares) },
        stroke: { colour, width: LINE_WIDTH, join: 'round' },
      }
    }),
    ...categories.flatMap((name, index) => {
      const [left, top] = at(index, 1 + text.size / radius)
      const box = { x: left - 60, y: top - text.size, width: 120, height: text.size * 2 }
      return text.write(name, box, { align: 'centre', anchor: 'middle' })
    }),
  ]
}
