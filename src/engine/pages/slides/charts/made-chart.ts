import type { Element } from '../../element.ts'
import { makeElement } from '../make-element.ts'

/** Numbers of a chart that belong together, as formats other than XLSX have them. */
export interface MadeSeries {
  readonly name: MadeValues | undefined
  readonly categories: MadeValues | undefined
  readonly values: MadeValues
  /** What it is drawn as in a chart of several kinds; as the chart unless told. */
  readonly kind?: string | undefined
  /** Six hexadecimal digits; as charts have it unless told. */
  readonly colour?: string | undefined
}

/** Values of a chart: its own, or those of cells by what an XLSX calls these. */
export type MadeValues =
  | { readonly texts: readonly (string | undefined)[] }
  | { readonly cells: string }

/** A chart that is made. */
export interface MadeChart {
  /** What its element is called in an XLSX, such as `barChart`. */
  readonly kind: string
  readonly isHorizontal: boolean
  readonly grouping: 'standard' | 'clustered' | 'stacked' | 'percentStacked'
  readonly title: string | undefined
  /** Where it stands, by its letter; undefined for a chart without one. */
  readonly legend: 'l' | 'r' | 't' | 'b' | undefined
  readonly series: readonly MadeSeries[]
  readonly hasDots?: boolean
}

/** As many series, and values of each, are drawn. */
const [MOST_SERIES, MOST_VALUES] = [60, 1000]

/** Writes a chart as an XLSX has it (ECMA-376, part 1, 21.2). */
export function toChartSpace(chart: MadeChart): Element {
  const { title, legend } = chart
  return makeElement('chartSpace', {}, [
    makeElement('chart', {}, [
      title === undefined || title === '' ? value('autoTitleDeleted', '1') : toTitle(title),
      makeElement('plotArea', {}, [...toPlots(chart), ...toAxes(chart)]),
      legend && makeElement('legend', {}, [value('legendPos', legend)]),
    ]),
  ])
}

/** In hundredths of a point. */
const TITLE_SIZE = '1400'

function toTitle(title: string): Element {
  const text = makeElement('t', {}, [], title)
  const run = makeElement('r', {}, [makeElement('rPr', { sz: TITLE_SIZE, b: '1' }), text])
  return makeElement('title', {}, [
    makeElement('tx', {}, [makeElement('rich', {}, [makeElement('p', {}, [run])])]),
  ])
}

/** A plot of each kind that series have, with the places that they have among all. */
function toPlots({ series, ...chart }: MadeChart): readonly Element[] {
  const numbered = series
    .slice(0, MOST_SERIES)
    .map((each, index) => ({ kind: each.kind ?? chart.kind, each, index }))
  const kinds = Map.groupBy(numbered, ({ kind }) => kind)
  return Array.from(kinds, ([kind, members]) =>
    toPlot(
      { ...chart, kind },
      members.map(({ each, index }) => toSeries(each, index, kind)),
    ),
  )
}

function toPlot(
  { kind, isHorizontal, grouping, hasDots }: Omit<MadeChart, 'series'>,
  series: readonly Element[],
): Element {
  const isStacked = grouping === 'stacked' || grouping === 'percentStacked'
  return makeElement(kind, {}, [
    value('barDir', isHorizontal ? 'bar' : 'col'),
    value('grouping', grouping),
    isStacked ? value('overlap', '100') : undefined,
    ...series,
    value('marker', hasDots ? '1' : '0'),
  ])
}

function toSeries(
  { name, categories, values, colour }: MadeSeries,
  index: number,
  kind: string,
): Element {
  const isScatter = kind === 'scatterChart'
  const solid =
    colour === undefined
      ? undefined
      : makeElement('solidFill', {}, [makeElement('srgbClr', { val: colour })])
  return makeElement('ser', {}, [
    value('idx', String(index)),
    name && makeElement('tx', {}, [toReference(name, 'str')]),
    solid && makeElement('spPr', {}, [solid, makeElement('ln', {}, [solid])]),
    categories &&
      makeElement(isScatter ? 'xVal' : 'cat', {}, [
        toReference(categories, isScatter ? 'num' : 'str'),
      ]),
    makeElement(isScatter ? 'yVal' : 'val', {}, [toReference(values, 'num')]),
  ])
}

function toReference(values: MadeValues, kind: 'num' | 'str'): Element {
  if ('cells' in values)
    return makeElement(`${kind}Ref`, {}, [makeElement('f', {}, [], values.cells)])
  const points = values.texts
    .slice(0, MOST_VALUES)
    .flatMap((text, index) =>
      text === undefined
        ? []
        : [makeElement('pt', { idx: String(index) }, [makeElement('v', {}, [], text)])],
    )
  return makeElement(`${kind}Ref`, {}, [makeElement(`${kind}Cache`, {}, points)])
}

function toAxes({ kind, isHorizontal }: MadeChart): readonly Element[] {
  if (/^(pie|doughnut)/.test(kind)) return []
  const [upright, level] = isHorizontal ? ['b', 'l'] : ['l', 'b']
  return [
    axis(kind === 'scatterChart' ? 'valAx' : 'catAx', level ?? 'b', false),
    axis('valAx', upright ?? 'l', true),
  ]
}

function axis(name: string, place: string, hasLines: boolean): Element {
  return makeElement(name, {}, [
    value('delete', '0'),
    value('axPos', place),
    hasLines ? makeElement('majorGridlines') : undefined,
  ])
}

function value(name: string, val: string): Element {
  return makeElement(name, { val })
}
