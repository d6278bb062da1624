import { createXlsCellReader, type XlsCell } from '../../../text/legacy/xls-cells.ts'
import type { XlsGlobals } from '../../../text/legacy/xls-globals.ts'
import type { XlsRecord } from '../../../text/legacy/xls-records.ts'
import type { CellRange } from '../../../text/xlsx-places.ts'
import type { MadeChart } from '../../slides/charts/made-chart.ts'
import { readPlaces } from './xls-formulas.ts'

/** Records of charts ([MS-XLS] 2.3). */
const SERIES = 0x1003
const TEXT = 0x100d
const LEGEND = 0x1015
const BAR = 0x1017
const LINE = 0x1018
const PIE = 0x1019
const AREA = 0x101a
const SCATTER = 0x101b
const RADAR = 0x103e
const TITLE = 0x1025
const LINK = 0x1051
const OF_GROUP = 0x1045
const LINKED_TEXT = 0x1027
const KINDS = new Map([
  [BAR, 'barChart'],
  [LINE, 'lineChart'],
  [PIE, 'pieChart'],
  [AREA, 'areaChart'],
  [SCATTER, 'scatterChart'],
  [RADAR, 'radarChart'],
])

/** What a text belongs to that is the title of the whole chart. */
const WHOLE_CHART = 1

/** Kinds of which a series is a line. */
const LINES: ReadonlySet<string> = new Set(['lineChart', 'scatterChart', 'radarChart'])

/** As many series are drawn. */
const MOST_SERIES = 60

/** Formats of a series: what they are of, its line, and its area; what they are no more of. */
const FORMAT = 0x1006
const LINE_FORMAT = 0x1007
const AREA_FORMAT = 0x100a
const GROUP = 0x1014
const AXES = 0x1046

/** Where a format says that it is of a whole series. */
const WHOLE = 0xffff

/** Which values follow: what they are of. */
const CACHE = 0x1065
const CACHED = new Map<number, 'values' | 'categories'>([
  [1, 'values'],
  [2, 'categories'],
])

/** As many values of a series are kept. */
const MOST_VALUES = 1000

/** What a link of a series is to. */
const LINKED = ['name', 'values', 'categories'] as const

/** A series by the cells that it is of. */
export interface XlsSeries {
  readonly name: string | CellRange | undefined
  readonly values: XlsValues
  readonly categories: XlsValues
  readonly colour: string | undefined
  readonly kind: string | undefined
}

/** Values as the chart has them itself, or else the cells that they are of. */
export type XlsValues = readonly (string | undefined)[] | CellRange | undefined

interface OpenSeries {
  name?: string | CellRange
  values?: CellRange
  categories?: CellRange
  /** The number of the group of series that are drawn alike. */
  group?: number
  line?: string
  area?: string
}

/** What is drawn of a chart. */
export interface XlsChart extends Pick<
  MadeChart,
  'kind' | 'isHorizontal' | 'grouping' | 'title' | 'hasDots'
> {
  readonly series: readonly XlsSeries[]
  readonly hasLegend: boolean
}

/** Makes what reads a chart from its records. */
export function createXlsChartReader(globals: Pick<XlsGlobals, 'readText' | 'isUnicode'>) {
  const { readText, isUnicode } = globals
  const cellsOf = createXlsCellReader(globals)
  const series: OpenSeries[] = []
  const caches = { values: newCache(), categories: newCache() }
  let cached: keyof typeof caches | undefined
  let isWhole = false
  const kinds: (string | undefined)[] = []
  let text: string | undefined
  let isHorizontal = false
  let grouping: MadeChart['grouping'] = 'clustered'
  let title: string | undefined
  let hasLegend = false
  let isSeries = false

  /** What bars, lines and areas are: beside each other, on each other, or all of a whole. */
  function readGrouping(flags: number, stacked: number, percent: number): void {
    if ((flags & percent) > 0) grouping = 'percentStacked'
    else if ((flags & stacked) > 0) grouping = 'stacked'
  }

  function readLink(data: Buffer): void {
    const of = LINKED[data.readUInt8(0)]
    const last = series.at(-1)
    if (of === undefined || last === undefined || !isSeries || data.readUInt8(1) !== 2) return
    const [place] = readPlaces(data.subarray(8, 8 + data.readUInt16LE(6)), isUnicode)
    if (place) last[of] ??= place
  }

  function readColour(data: Buffer, of: 'line' | 'area', flagsAt: number): void {
    const last = series.at(-1)
    if (!isSeries || !isWhole || last === undefined) return
    const isAutomatic = (data.readUInt16LE(flagsAt) & 1) > 0
    if (!isAutomatic) last[of] ??= data.toString('hex', 0, 3)
  }

  function addCached({ row, column, value }: XlsCell): void {
    if (cached === undefined || value === undefined || value.kind === 'shared') return
    if (row >= MOST_VALUES || column >= MOST_SERIES) return
    const values = caches[cached].get(column) ?? []
    values[row] = value.kind === 'number' ? String(value.number) : value.text
    caches[cached].set(column, values)
  }

  return {
    read(record: XlsRecord): void {
      const { type, data } = record
      for (const cell of cellsOf(record)) addCached(cell)
      const kind = KINDS.get(type)
      if (kind !== undefined && kinds.length > 0) kinds[kinds.length - 1] = kind
      switch (type) {
        case BAR: {
          const flags = data.readUInt16LE(4)
          isHorizontal = (flags & 1) > 0
          readGrouping(flags, 2, 4)
          break
        }
        case LINE:
        case AREA:
          readGrouping(data.readUInt16LE(0), 1, 2)
          break
        case PIE:
          if (data.readUInt16LE(2) > 0) kinds[kinds.length - 1] = 'doughnutChart'
          break
        case SERIES:
          isSeries = true
          if (series.length < MOST_SERIES) series.push({})
          break
        case GROUP:
          isSeries = false
          if (kinds.length < MOST_SERIES) kinds.push(undefined)
          break
        case TITLE:
        case AXES:
          isSeries = false
          text = undefined
          break
        case OF_GROUP: {
          const last = series.at(-1)
          if (last && isSeries) last.group = data.readUInt16LE(0)
          break
        }
        case LINKED_TEXT:
          if (data.readUInt16LE(0) === WHOLE_CHART) title ??= text
          break
        case FORMAT:
          isWhole = data.readUInt16LE(0) === WHOLE
          break
        case LINE_FORMAT:
          readColour(data, 'line', 8)
          break
        case AREA_FORMAT:
          readColour(data, 'area', 10)
          break
        case CACHE:
          cached = CACHED.get(data.readUInt16LE(0))
          break
        case LINK:
          readLink(data)
          break
        case TEXT: {
          const last = series.at(-1)
          if (!isSeries) text = readText(data, 2, 1)
          else if (last) last.name ??= readText(data, 2, 1)
          break
        }
        case LEGEND:
          hasLegend = true
          break
      }
    },
    /** @returns undefined for one of a kind that is not drawn */
    finish(): XlsChart | undefined {
      const kind = kinds.find((each) => each !== undefined)
      if (kind === undefined) return undefined
      const read = series.map(({ name, values, categories, group, line, area }, index) => {
        const own = kinds[group ?? 0] ?? kind
        return {
          name,
          values: caches.values.get(index) ?? values,
          categories: caches.categories.get(index) ?? categories,
          colour: LINES.has(own) ? line : area,
          kind: own,
        }
      })
      return {
        kind,
        isHorizontal,
        grouping,
        title,
        hasLegend,
        hasDots: kind === 'scatterChart',
        series: read.filter(({ values }) => values !== undefined),
      }
    },
  }
}

function newCache(): Map<number, (string | undefined)[]> {
  return new Map()
}
