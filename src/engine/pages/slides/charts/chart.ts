import type { PageMark } from '../../drawing/page.ts'
import { type Box, rectangle } from '../../drawing/shapes.ts'
import { childOf, descendantsOf } from '../../element.ts'
import type { Colour } from '../colours/colour.ts'
import type { DrawnPart } from '../deck.ts'
import type { DrawingTools } from '../drawing-tools.ts'
import { findFill } from '../fills.ts'
import { readOutline } from '../outlines.ts'
import { paintFill, paintOutline } from '../paint.ts'
import { drawAxes } from './axes.ts'
import { type ChartText, createChartText } from './chart-text.ts'
import { drawLegend, type LegendEntry } from './legend.ts'
import { drawPlot } from './plots.ts'
import { type Chart, readChart, type Series } from './read-chart.ts'
import { placeScale, valueScale } from './scale.ts'
import { seriesColour } from './series-colour.ts'
import { drawSlices } from './slices.ts'

/** What is around a chart, in points. */
const MARGIN = 7

/**
 * Draws a chart that has its upper left at 0, from the numbers that the document has of it: bars, lines, areas, slices and points;
 * of others what is written on them.
 */
export function drawChart(
  part: DrawnPart,
  size: { readonly width: number; readonly height: number },
  tools: DrawingTools,
): PageMark[] {
  const box = { x: 0, y: 0, ...size }
  const text = createChartText(tools, part)
  const around = backgroundOf(part, box)
  const chart = readChart(part)
  if (chart === undefined) {
    const words = Array.from(descendantsOf(part.root, 't'), (each) => each.text)
    return [...around, ...text.write(words.join('\n'), box, { align: 'centre', anchor: 'middle' })]
  }
  return [...around, ...drawParts(chart, { box: inside(box, MARGIN), text, tools })]
}

function drawParts(
  chart: Chart,
  {
    box,
    text,
    tools,
  }: { readonly box: Box; readonly text: ChartText; readonly tools: DrawingTools },
): PageMark[] {
  const colourOf = (series: Series): Colour =>
    series.colour ?? seriesColour(series.index, tools.part.palette)
  const titles = text.as(chart.elements.title)
  const titleHeight =
    chart.title === undefined ? 0 : titles.heightOf(chart.title, box.width) + MARGIN
  const title =
    chart.title === undefined
      ? []
      : titles.write(
          chart.title,
          { ...box, height: titleHeight },
          { align: 'centre', anchor: 'top' },
        )
  const below = { ...box, y: box.y + titleHeight, height: Math.max(1, box.height - titleHeight) }
  const slices = chart.plots.find(({ kind }) => kind === 'pie')
  const [pie] = slices?.series ?? []
  const pointColour = (series: Series, index: number): Colour =>
    series.pointColours.get(index) ??
    (slices === undefined ? colourOf(series) : seriesColour(index, tools.part.palette))
  const entries: LegendEntry[] =
    pie === undefined
      ? chart.plots.flatMap(({ series }) =>
          series.map((each) => ({ name: each.name, colour: colourOf(each) })),
        )
      : pie.values.map((_, index) => ({
          name: chart.categories[index] ?? String(index + 1),
          colour: pointColour(pie, index),
        }))
  const { marks: legend, rest } = drawLegend(entries, {
    side: chart.legend,
    box: below,
    text: text.as(chart.elements.legend),
  })
  const labels = text.as(chart.elements.labels)
  if (slices !== undefined) {
    return [...title, ...legend, ...drawSlices(slices, { box: rest, text: labels, pointColour })]
  }
  const scale = valueScale(chart.plots, chart.valueAxis)
  const places = placeScale(chart.plots, chart.placeAxis)
  const { marks: axes, area } = drawAxes(chart, { scale, places, box: rest, text })
  return [
    ...title,
    ...legend,
    ...axes,
    ...chart.plots.flatMap((plot) =>
      drawPlot(plot, {
        scale,
        places,
        area,
        text: labels,
        pointColour,
        count: countOf(chart),
        categories: chart.categories,
      }),
    ),
  ]
}

/** How many places there are from left to right. */
function countOf({ plots, categories }: Pick<Chart, 'plots' | 'categories'>): number {
  const counts = plots.flatMap(({ series }) => series.map(({ values }) => values.length))
  return Math.max(1, categories.length, ...counts)
}

function backgroundOf(part: DrawnPart, box: Box): PageMark[] {
  const look = childOf(part.root, 'spPr')
  const path = rectangle(box)
  const line = childOf(look, 'ln')
  const outline = line && readOutline([[line, part]])
  return [
    ...paintFill(path, findFill(look, part) ?? { kind: 'none' }, box),
    ...(outline === undefined ? [] : paintOutline(path.steps, outline)),
  ]
}

function inside({ x, y, width, height }: Box, by: number): Box {
  return {
    x: x + by,
    y: y + by,
    width: Math.max(1, width - 2 * by),
    height: Math.max(1, height - 2 * by),
  }
}
