import type { PageMark, Stroke } from '../../drawing/page.ts'
import { type Box, line } from '../../drawing/shapes.ts'
import type { ChartText } from './chart-text.ts'
import type { Chart, ValueAxis } from './read-chart.ts'
import type { Scale } from './scale.ts'

const GAP = 5
const LINE: Stroke = { colour: { red: 217, green: 217, blue: 217, alpha: 255 }, width: 0.75 }
const AXIS: Stroke = { colour: { red: 166, green: 166, blue: 166, alpha: 255 }, width: 0.75 }

/** Labels of categories take no more than this share of a chart. */
const MOST_LABELS = 0.35

/** As many labels are measured to know how much room they take. */
const MOST_MEASURED = 100

interface Room {
  readonly scale: Scale
  /** Of points from left to right. */
  readonly places: Scale
  readonly box: Box
  readonly text: ChartText
}

/** Draws the axes of a chart with their labels, and says where its values are drawn. */
export function drawAxes(
  chart: Chart,
  room: Room,
): { readonly marks: PageMark[]; readonly area: Box } {
  const [first] = chart.plots
  const isHorizontal = first?.kind === 'bar' && first.isHorizontal
  if (first?.kind === 'radar') return { marks: [], area: room.box }
  if (first?.kind === 'scatter') return drawValuesOnly(chart, room)
  return isHorizontal ? drawSideways(chart, room) : drawUpright(chart, room)
}

/** Where a value is, from 0 at the least to 1 at the most. */
export function shareOfScale(value: number, { least, most }: Scale): number {
  return Math.min(1, Math.max(0, (value - least) / (most - least)))
}

/** As many ticks as there is room for. */
function thinned(ticks: readonly number[], length: number, room: number): readonly number[] {
  const every = Math.max(1, Math.ceil((ticks.length * room) / Math.max(1, length)))
  return ticks.filter((_, index) => index % every === 0)
}

function drawUpright(chart: Chart, { scale, box, text }: Room): { marks: PageMark[]; area: Box } {
  const { valueAxis, categories, showsCategories, elements } = chart
  const [values, names] = [text.as(elements.values), text.as(elements.categories)]
  const ticks = thinned(scale.ticks, box.height, values.size * 1.8)
  const labels = ticks.map((tick) => valueAxis.write(tick))
  const left = valueAxis.isShown ? Math.max(0, ...labels.map(values.widthOf)) + GAP : 0
  const width = Math.max(1, box.width - left)
  const step = width / Math.max(1, categories.length)
  // A label is broken between words, but not within.
  const words = showsCategories
    ? categories.slice(0, MOST_MEASURED).flatMap((name) => name.split(' '))
    : []
  const widest = Math.max(names.size * 1.5, ...words.map(names.widthOf))
  const every = Math.max(1, Math.ceil((widest + GAP / 2) / step))
  const shown = showsCategories ? categories.filter((_, index) => index % every === 0) : []
  const high = Math.max(
    0,
    ...shown.slice(0, MOST_MEASURED).map((name) => names.heightOf(name, step * every)),
  )
  const below = Math.min(box.height * MOST_LABELS, shown.length === 0 ? 0 : high + GAP)
  const half = valueAxis.isShown ? values.size * 0.6 : 0
  const area = {
    x: box.x + left,
    y: box.y + half,
    width,
    height: Math.max(1, box.height - below - half),
  }
  const bottom = area.y + area.height
  const atZero = bottom - shareOfScale(0, scale) * area.height
  const atTick = ticks.flatMap((tick, index) => {
    const y = bottom - shareOfScale(tick, scale) * area.height
    const label = {
      x: box.x,
      y: y - values.size,
      width: Math.max(1, left - GAP),
      height: values.size * 2,
    }
    return [
      ...(valueAxis.hasLines ? [line([area.x, y], [area.x + width, y], LINE)] : []),
      ...(valueAxis.isShown
        ? values.write(labels[index] ?? '', label, { align: 'right', anchor: 'middle' })
        : []),
    ]
  })
  const atCategory = shown.flatMap((name, index) => {
    const x = area.x + (index * every + 0.5) * step - (step * every) / 2
    const label = { x, y: bottom + GAP / 2, width: step * every, height: below }
    return names.write(name, label, { align: 'centre', anchor: 'top' })
  })
  const axis = showsCategories ? [line([area.x, atZero], [area.x + width, atZero], AXIS)] : []
  return { area, marks: [...atTick, ...axis, ...atCategory] }
}

function drawSideways(chart: Chart, { scale, box, text }: Room): { marks: PageMark[]; area: Box } {
  const { valueAxis, categories, showsCategories, elements } = chart
  const [values, names] = [text.as(elements.values), text.as(elements.categories)]
  const step = box.height / Math.max(1, categories.length)
  const every = Math.max(1, Math.ceil((names.size * 1.2) / step))
  const shown = showsCategories
    ? categories.map((name, index) => (index % every === 0 ? name : ''))
    : []
  const widest = Math.max(0, ...shown.slice(0, MOST_MEASURED).map(names.widthOf))
  const left = Math.min(box.width * MOST_LABELS, widest + GAP)
  const below = valueAxis.isShown ? values.size * 1.6 : 0
  const area = {
    x: box.x + left,
    y: box.y,
    width: Math.max(1, box.width - left - values.size),
    height: Math.max(1, box.height - below),
  }
  const bottom = area.y + area.height
  const own = area.height / Math.max(1, categories.length)
  const atZero = area.x + shareOfScale(0, scale) * area.width
  const axis = showsCategories ? [line([atZero, area.y], [atZero, bottom], AXIS)] : []
  const atCategory = shown.flatMap((name, index) => {
    const label = {
      x: box.x,
      y: bottom - (index + 1) * own,
      width: Math.max(1, left - GAP),
      height: own,
    }
    return names.write(name, label, { align: 'right', anchor: 'middle' })
  })
  return {
    area,
    marks: [...drawLevelTicks(valueAxis, scale, { area, text: values }), ...axis, ...atCategory],
  }
}

/** Draws the ticks of an axis of values below an area. */
function drawLevelTicks(
  { isShown, hasLines, write }: ValueAxis,
  scale: Scale,
  { area, text }: { readonly area: Box; readonly text: ChartText },
): PageMark[] {
  const widest = Math.max(0, ...scale.ticks.map((tick) => text.widthOf(write(tick))))
  const bottom = area.y + area.height
  return thinned(scale.ticks, area.width, widest + GAP).flatMap((tick) => {
    const x = area.x + shareOfScale(tick, scale) * area.width
    const label = { x: x - 50, y: bottom, width: 100, height: text.size * 1.6 }
    return [
      ...(hasLines ? [line([x, area.y], [x, bottom], LINE)] : []),
      ...(isShown ? text.write(write(tick), label, { align: 'centre', anchor: 'bottom' }) : []),
    ]
  })
}

/** Axes of a chart whose points have places from left to right that are values, too. */
function drawValuesOnly(chart: Chart, room: Room): { marks: PageMark[]; area: Box } {
  const { places, box } = room
  const text = room.text.as(chart.elements.categories)
  const below = chart.placeAxis.isShown ? text.size * 1.6 : 0
  const inner = { ...box, width: box.width - text.size, height: Math.max(1, box.height - below) }
  const { area, marks } = drawUpright(
    { ...chart, categories: [], showsCategories: chart.placeAxis.isShown },
    { ...room, box: inner },
  )
  return { area, marks: [...marks, ...drawLevelTicks(chart.placeAxis, places, { area, text })] }
}
