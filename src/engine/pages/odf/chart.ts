import { attributeOf, childOf, childrenOf, descendantsOf, type Element } from '../element.ts'
import type { MadeChart, MadeSeries } from '../slides/charts/made-chart.ts'
import { toHex } from './measures.ts'
import { textOf } from './read-tree.ts'
import { createOdfStyles, type OdfStyles, valueOf } from './styles.ts'

/** Kinds of charts, as an XLSX calls them. */
const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'chart:bar': 'barChart',
    'chart:line': 'lineChart',
    'chart:area': 'areaChart',
    'chart:circle': 'pieChart',
    'chart:ring': 'doughnutChart',
    'chart:scatter': 'scatterChart',
    'chart:radar': 'radarChart',
    'chart:filled-radar': 'radarChart',
    'chart:stock': 'lineChart',
  }),
)

/** Those of which a series is a line. */
const LINES: ReadonlySet<string> = new Set(['lineChart', 'scatterChart', 'radarChart'])

const LEGENDS: ReadonlyMap<string, NonNullable<MadeChart['legend']>> = new Map(
  Object.entries<NonNullable<MadeChart['legend']>>({
    start: 'l',
    end: 'r',
    top: 't',
    bottom: 'b',
    'top-end': 'r',
    'bottom-end': 'r',
    'top-start': 'l',
    'bottom-start': 'l',
  }),
)

/** As many columns and rows of the values of a chart are read. */
const [MOST_COLUMNS, MOST_ROWS] = [120, 1000]

/**
 * Reads a chart (OpenDocument 1.3, part 3, 11) with the values that it has itself.
 *
 * @param document - the outermost element of its part
 * @returns undefined for one of a kind that is not drawn
 */
export function readOdfChart(document: Element): MadeChart | undefined {
  const [chart] = descendantsOf(document, 'chart')
  const chartElement = chart && (childOf(chart, 'chart') ?? chart)
  const kind = KINDS.get(attributeOf(chartElement, 'class') ?? '')
  const area = childOf(chartElement, 'plot-area')
  if (chartElement === undefined || kind === undefined || area === undefined) return undefined
  const styles = createOdfStyles(undefined, document)
  const look = styles.look('chart', attributeOf(area, 'style-name'))
  const says = (name: string): boolean => valueOf(look, 'chart', name) === 'true'
  const title = childOf(chartElement, 'title')
  const legend = childOf(chartElement, 'legend')
  const symbol = valueOf(look, 'chart', 'symbol-type')
  return {
    kind,
    isHorizontal: says('vertical'),
    grouping: says('percentage') ? 'percentStacked' : says('stacked') ? 'stacked' : 'clustered',
    title: title && textOf(title).trim(),
    legend: legend && (LEGENDS.get(attributeOf(legend, 'legend-position') ?? '') ?? 'r'),
    hasDots: kind === 'scatterChart' || (symbol !== undefined && symbol !== 'none'),
    series: readSeries(childrenOf(area, 'series'), readColumns(childOf(chartElement, 'table')), {
      styles,
      kind,
    }),
  }
}

/** The columns of the values of a chart, each with what it is called. */
interface Column {
  readonly name: string
  readonly values: readonly (string | undefined)[]
}

function readColumns(table: Element | undefined): readonly Column[] {
  if (table === undefined) return []
  const heads = Array.from(
    descendantsOf({ ...table, children: childrenOf(table, 'table-header-rows') }, 'table-row'),
  )
  const body = table.children.filter(({ name }) => name !== 'table-header-rows')
  const rows = Array.from(descendantsOf({ ...table, children: body }, 'table-row')).slice(
    0,
    MOST_ROWS,
  )
  const [head] = heads
  const names = head ? cellsOf(head).map((cell) => textOf(childOf(cell, 'p'))) : []
  const cells = rows.map(cellsOf)
  const count = cells.reduce((most, row) => Math.max(most, row.length), names.length)
  return Array.from({ length: count }, (_, index) => ({
    name: names[index] ?? '',
    values: cells.map((row) => valueIn(row[index])),
  }))
}

function cellsOf(row: Element): readonly Element[] {
  return childrenOf(row, 'table-cell').slice(0, MOST_COLUMNS)
}

function valueIn(cell: Element | undefined): string | undefined {
  if (cell === undefined) return undefined
  const text = attributeOf(cell, 'value') ?? textOf(childOf(cell, 'p'))
  // What is no number is written as such.
  return text === '' || text === 'NaN' || text === '1.#NAN' ? undefined : text
}

/** Series have their columns in their order, behind that of the categories; those that have places have these before. */
function readSeries(
  elements: readonly Element[],
  [categories, ...columns]: readonly Column[],
  { styles, kind }: { readonly styles: OdfStyles; readonly kind: string },
): readonly MadeSeries[] {
  const series: MadeSeries[] = []
  let at = 0
  let places: Column | undefined
  for (const element of elements) {
    const domains = childrenOf(element, 'domain').length
    if (domains > 0) places = columns[at]
    at += domains
    const column = columns[at]
    at += 1
    if (column === undefined) continue
    const { name, values } = column
    const look = styles.look('chart', attributeOf(element, 'style-name'))
    const own = KINDS.get(attributeOf(element, 'class') ?? '') ?? kind
    const isLine = LINES.has(own)
    const colour = toHex(valueOf(look, 'graphic', isLine ? 'stroke-color' : 'fill-color'))
    const across = kind === 'scatterChart' ? places : categories
    series.push({
      name: name === '' ? undefined : { texts: [name] },
      categories: across && { texts: across.values },
      values: { texts: values },
      kind: own,
      // Each slice has a colour of its own.
      colour: kind === 'pieChart' || kind === 'doughnutChart' ? undefined : colour,
    })
  }
  return series
}
