import { GENERAL, readFormatCode, writeNumber } from '../../../text/xlsx-number.ts'
import {
  attributeOf,
  childOf,
  childrenOf,
  descend,
  descendantsOf,
  type Element,
} from '../../element.ts'
import type { Colour } from '../colours/colour.ts'
import type { DrawnPart } from '../deck.ts'
import { flagOf, numberOf } from '../drawing-values.ts'
import { findFill } from '../fills.ts'

/** How numbers are drawn. */
export type PlotKind = 'bar' | 'line' | 'area' | 'pie' | 'scatter' | 'radar'

/** Numbers that belong together. */
export interface Series {
  readonly name: string
  /** Its place among all series of the chart. */
  readonly index: number
  /** Undefined where there is none. */
  readonly values: readonly (number | undefined)[]
  /** The places of points from left to right, where they have any. */
  readonly places: readonly (number | undefined)[]
  readonly colour: Colour | undefined
  /** Colours of single values. */
  readonly pointColours: ReadonlyMap<number, Colour>
  /** Whether points are joined by a line. */
  readonly isJoined: boolean
  /** Whether each has a dot. */
  readonly hasDots: boolean
  /** How large dots are among others; undefined where all are alike. */
  readonly sizes: readonly (number | undefined)[] | undefined
  /** What is written beside a value; undefined where nothing is. */
  readonly label: ((index: number) => string) | undefined
}

/** Series that are drawn in the same way. */
export interface Plot {
  readonly kind: PlotKind
  readonly series: readonly Series[]
  readonly isHorizontal: boolean
  readonly stacking: 'none' | 'stacked' | 'percent'
  /** The gap between groups of bars in widths of one, and how much bars of a group overlap. */
  readonly gap: number
  readonly overlap: number
  /** How large the hole in a ring is, as a share. */
  readonly hole: number
  /** Where the first slice begins, in degrees clockwise from the top. */
  readonly start: number
}

/** The axis of values. */
export interface ValueAxis {
  readonly least: number | undefined
  readonly most: number | undefined
  readonly step: number | undefined
  readonly isShown: boolean
  readonly hasLines: boolean
  readonly write: (value: number) => string
}

/** What a chart says. */
export interface Chart {
  readonly title: string | undefined
  readonly plots: readonly Plot[]
  readonly categories: readonly string[]
  readonly valueAxis: ValueAxis
  /** That from left to right, where it is of values as well. */
  readonly placeAxis: ValueAxis
  readonly showsCategories: boolean
  /** What says how its texts look. */
  readonly elements: Readonly<
    Record<'title' | 'legend' | 'labels' | 'values' | 'categories', Element | undefined>
  >
  readonly legend: 'left' | 'right' | 'top' | 'bottom' | undefined
}

const KINDS: ReadonlyMap<string, PlotKind> = new Map([
  ['barChart', 'bar'],
  ['bar3DChart', 'bar'],
  ['lineChart', 'line'],
  ['line3DChart', 'line'],
  ['stockChart', 'line'],
  ['areaChart', 'area'],
  ['area3DChart', 'area'],
  ['pieChart', 'pie'],
  ['pie3DChart', 'pie'],
  ['ofPieChart', 'pie'],
  ['doughnutChart', 'pie'],
  ['scatterChart', 'scatter'],
  ['bubbleChart', 'scatter'],
  ['radarChart', 'radar'],
])

/** As many series and values are drawn: more than can be told apart. */
const MOST_SERIES = 60
const MOST_VALUES = 1000

/** Beside more values than these nothing is written. */
const MOST_LABELS = 200

const LEGENDS: Readonly<Record<string, NonNullable<Chart['legend']>>> = {
  l: 'left',
  r: 'right',
  tr: 'right',
  t: 'top',
  b: 'bottom',
}

/** Reads what a chart says (ECMA-376, part 1, 21.2); undefined when there is nothing of a kind that is drawn. */
export function readChart(part: DrawnPart): Chart | undefined {
  const chart = childOf(part.root, 'chart')
  const area = childOf(chart, 'plotArea')
  const plots = (area?.children ?? []).flatMap((element): Plot[] => {
    const kind = KINDS.get(element.name)
    return kind === undefined ? [] : [readPlot(element, kind, part)]
  })
  const [first] = plots
  if (first === undefined || area === undefined) return undefined
  const [series] = descendantsOf(area, 'ser')
  const [labels] = descendantsOf(area, 'dLbls')
  const legend = childOf(chart, 'legend')
  return {
    title: titleOf(chart, first),
    plots,
    categories: series === undefined ? [] : categoriesOf(series),
    valueAxis: readValueAxis(
      uprightAxis(area),
      childOf(series, 'val') ?? childOf(series, 'yVal'),
      first,
    ),
    placeAxis: readValueAxis(levelAxis(area), childOf(series, 'xVal'), first),
    elements: {
      title: childOf(chart, 'title'),
      legend,
      labels,
      values: uprightAxis(area),
      categories: childOf(area, 'catAx') ?? childOf(area, 'dateAx') ?? levelAxis(area),
    },
    showsCategories: ![...childrenOf(area, 'catAx'), ...childrenOf(area, 'dateAx')].some(
      (axis) => flagOf(childOf(axis, 'delete'), 'val') === true,
    ),
    legend:
      legend === undefined ? undefined : (LEGENDS[valueOf(legend, 'legendPos') ?? 'r'] ?? 'right'),
  }
}

function valueOf(element: Element | undefined, name: string): string | undefined {
  return attributeOf(childOf(element, name), 'val')
}

function titleOf(chart: Element | undefined, first: Plot): string | undefined {
  const title = childOf(chart, 'title')
  const written =
    title === undefined ? '' : Array.from(descendantsOf(title, 't'), ({ text }) => text).join('')
  if (written !== '') return written
  const isLeftOut = flagOf(childOf(chart, 'autoTitleDeleted'), 'val') === true
  // A chart of one series is called after it.
  return !isLeftOut && first.series.length === 1 ? first.series[0]?.name : undefined
}

function readPlot(element: Element, kind: PlotKind, part: DrawnPart): Plot {
  const grouping = valueOf(element, 'grouping')
  const number = (name: string): number | undefined => numberOf(childOf(element, name), 'val')
  const labels = childOf(element, 'dLbls')
  const hasDots = kind === 'scatter' || flagOf(childOf(element, 'marker'), 'val') === true
  return {
    kind,
    series: childrenOf(element, 'ser')
      .slice(0, MOST_SERIES)
      .map((series) => readSeries(series, { part, labels, hasDots })),
    isHorizontal: valueOf(element, 'barDir') === 'bar',
    stacking:
      grouping === 'stacked' ? 'stacked' : grouping === 'percentStacked' ? 'percent' : 'none',
    gap: Math.min(5, Math.max(0, (number('gapWidth') ?? 150) / 100)),
    overlap: Math.min(1, Math.max(-1, (number('overlap') ?? 0) / 100)),
    hole: element.name === 'doughnutChart' ? Math.min(0.9, (number('holeSize') ?? 50) / 100) : 0,
    start: number('firstSliceAng') ?? 0,
  }
}

function readSeries(
  series: Element,
  {
    part,
    labels,
    hasDots,
  }: { readonly part: DrawnPart; readonly labels: Element | undefined; readonly hasDots: boolean },
): Series {
  const points = childrenOf(series, 'dPt').flatMap((point): (readonly [number, Colour])[] => {
    const colour = colourOf(childOf(point, 'spPr'), part)
    const index = numberOf(childOf(point, 'idx'), 'val')
    return colour === undefined || index === undefined ? [] : [[index, colour]]
  })
  const numbers = childOf(series, 'val') ?? childOf(series, 'yVal')
  const values = numbersOf(numbers)
  const look = childOf(series, 'spPr')
  const sizes = childOf(series, 'bubbleSize')
  return {
    name: textsOf(childOf(series, 'tx')).join(' '),
    index: numberOf(childOf(series, 'idx'), 'val') ?? 0,
    values,
    places: numbersOf(childOf(series, 'xVal')),
    colour: colourOf(look, part),
    pointColours: new Map(points),
    isJoined: sizes === undefined && childOf(childOf(look, 'ln'), 'noFill') === undefined,
    sizes: sizes && numbersOf(sizes),
    hasDots: hasDots && valueOf(childOf(series, 'marker'), 'symbol') !== 'none',
    label: labelOf(childOf(series, 'dLbls') ?? labels, {
      values,
      code: descend(numbers, 'numRef', 'numCache', 'formatCode')?.text,
      categories: categoriesOf(series),
    }),
  }
}

function colourOf(look: Element | undefined, part: DrawnPart): Colour | undefined {
  const line = childOf(look, 'ln')
  for (const element of [look, line]) {
    const fill = findFill(element, part)
    if (fill?.kind === 'colour') return fill.colour
    if (fill?.kind === 'gradient') return fill.stops[0]?.colour
  }
  return undefined
}

function labelOf(
  labels: Element | undefined,
  {
    values,
    code,
    categories,
  }: {
    readonly values: Series['values']
    readonly code: string | undefined
    readonly categories: readonly string[]
  },
): Series['label'] {
  const shows = (name: string): boolean => flagOf(childOf(labels, name), 'val') ?? false
  const [value, percent, category] = [shows('showVal'), shows('showPercent'), shows('showCatName')]
  if (values.length > MOST_LABELS || (!value && !percent && !category)) return undefined
  const write = writerOf(attributeOf(childOf(labels, 'numFmt'), 'formatCode') ?? code)
  const sum = values.reduce<number>((all, each) => all + Math.abs(each ?? 0), 0)
  return (index) => {
    const number = values[index]
    if (number === undefined) return ''
    return [
      category ? (categories[index] ?? '') : '',
      value ? write(number) : '',
      percent && sum > 0 ? `${Math.round((Math.abs(number) / sum) * 100)}%` : '',
    ]
      .filter((text) => text !== '')
      .join(', ')
  }
}

/** What writes numbers as a code says, such as `0.0%`. */
function writerOf(code: string | undefined): (value: number) => string {
  const format = code === undefined ? GENERAL : readFormatCode(code)
  return (value) => writeNumber(String(value), format, false)
}

/** The values that a series has in the document, by their places. */
function numbersOf(element: Element | undefined): (number | undefined)[] {
  return pointsOf(element).map((text) => {
    const number = Number(text)
    return text === undefined || text.trim() === '' || !Number.isFinite(number) ? undefined : number
  })
}

function textsOf(element: Element | undefined): string[] {
  const points = pointsOf(element).map((text) => text ?? '')
  return points.length === 0 ? childrenOf(element, 'v').map(({ text }) => text) : points
}

/** What the values of a series are of; their numbers where it is not told. */
function categoriesOf(series: Element): string[] {
  const categories = childOf(series, 'cat')
  if (categories === undefined) {
    const { length } = pointsOf(childOf(series, 'val'))
    return Array.from({ length }, (_, index) => String(index + 1))
  }
  const code = descend(categories, 'numRef', 'numCache', 'formatCode')?.text
  return code === undefined ? textsOf(categories) : textsOf(categories).map(writerOfText(code))
}

function writerOfText(code: string): (text: string) => string {
  const format = readFormatCode(code)
  return (text) => writeNumber(text, format, false)
}

function pointsOf(element: Element | undefined): (string | undefined)[] {
  if (element === undefined) return []
  const levels = Array.from(descendantsOf(element, 'lvl'))
  const points =
    levels[0] === undefined ? Array.from(descendantsOf(element, 'pt')) : childrenOf(levels[0], 'pt')
  const found: (string | undefined)[] = []
  for (const point of points) {
    const index = numberOf(point, 'idx') ?? found.length
    if (Number.isInteger(index) && index >= 0 && index < MOST_VALUES)
      found[index] = childOf(point, 'v')?.text
  }
  return Array.from(found)
}

/** Where both axes are of values, one of them is upright. */
function uprightAxis(area: Element): Element | undefined {
  const axes = childrenOf(area, 'valAx')
  return axes.find((each) => ['l', 'r'].includes(valueOf(each, 'axPos') ?? '')) ?? axes[0]
}

function levelAxis(area: Element): Element | undefined {
  return childrenOf(area, 'valAx').find((each) => each !== uprightAxis(area))
}

function readValueAxis(
  axis: Element | undefined,
  numbers: Element | undefined,
  { stacking }: Plot,
): ValueAxis {
  const scaling = childOf(axis, 'scaling')
  const format = childOf(axis, 'numFmt')
  const own = attributeOf(format, 'formatCode')
  const isLinked = flagOf(format, 'sourceLinked') ?? own === undefined
  const code = isLinked ? (descend(numbers, 'numRef', 'numCache', 'formatCode')?.text ?? own) : own
  const step = numberOf(childOf(axis, 'majorUnit'), 'val')
  return {
    least: numberOf(childOf(scaling, 'min'), 'val'),
    most: numberOf(childOf(scaling, 'max'), 'val'),
    step: step !== undefined && step > 0 ? step : undefined,
    isShown: axis !== undefined && flagOf(childOf(axis, 'delete'), 'val') !== true,
    hasLines: childOf(axis, 'majorGridlines') !== undefined,
    write: stacking === 'percent' ? (value) => `${Math.round(value * 100)}%` : writerOf(code),
  }
}
