import type { XlsGlobals } from '../../../text/legacy/xls-globals.ts'
import type { XlsRecord } from '../../../text/legacy/xls-records.ts'
import { withContinued } from '../../../text/legacy/xls-records.ts'
import { readBoxText } from '../../../text/legacy/xls-strings.ts'
import { type ArtShape, readArtShapes } from './art-shapes.ts'
import { createXlsChartReader, type XlsChart } from './xls-chart.ts'

/** Records of what lies on a sheet ([MS-XLS] 2.3): where and how, what it is, and its text. */
const DRAWING = 0xec
const OBJECT = 0x5d
const BOX = 0x1b6

/** Where a record of an object says what it is, and what is drawn of those. */
const OBJECT_KIND = 4
const CHART = 0x05
/** Comments, the arrows of filters, and what is clicked on. */
const NOT_DRAWN: ReadonlySet<number> = new Set([0x19, 0x14, 0x0b, 0x0c, 0x10, 0x11, 0x12, 0x13])

/** As many objects of a sheet are drawn. */
const MOST_OBJECTS = 500

/** The text of something that lies on a sheet. */
export interface XlsText {
  readonly text: string
  /** The number of the font of its first letters. */
  readonly font: number | undefined
  /** Where it stands across and down, by the numbers of both ([MS-XLS] 2.4.329). */
  readonly across: number
  readonly down: number
}

/** Something that lies on a sheet. */
export interface XlsObject {
  readonly shape: ArtShape
  readonly text: XlsText | undefined
  readonly chart: XlsChart | undefined
  readonly isDrawn: boolean
}

/** All that lies on a sheet. */
export interface XlsDrawing {
  /** Tells all of it once the sheet is read. */
  readonly objects: () => readonly XlsObject[]
}

interface OpenObject {
  readonly kind: number
  text: XlsText | undefined
  chart: XlsChart | undefined
}

/** Makes what collects what lies on a sheet from its records. */
export function createDrawingReader(
  stream: Buffer,
  globals: Pick<XlsGlobals, 'readText' | 'isUnicode'>,
) {
  const data: Buffer[] = []
  const found: OpenObject[] = []
  let chart: ReturnType<typeof createXlsChartReader> | undefined

  function readText(record: XlsRecord): XlsText | undefined {
    const characters = record.data.readUInt16LE(10)
    if (characters === 0) return undefined
    const parts = withContinued(stream, record).slice(1)
    const places = record.data.readUInt16LE(0)
    const runs = parts.at(-1)
    return {
      text: readBoxText(parts, characters),
      font: parts.length > 1 && runs && runs.length >= 4 ? runs.readUInt16LE(2) : undefined,
      across: (places >> 1) & 7,
      down: (places >> 4) & 7,
    }
  }

  return {
    /** @param depth - how many substreams a record is in: in two where it is of a chart */
    read(record: XlsRecord, depth: number): void {
      const last = found.at(-1)
      if (depth > 1) {
        if (last?.kind !== CHART) return
        chart ??= createXlsChartReader(globals)
        chart.read(record)
        return
      }
      if (chart && last) last.chart = chart.finish()
      chart = undefined
      if (record.type === DRAWING && found.length < MOST_OBJECTS) {
        data.push(...withContinued(stream, record))
      }
      if (record.type === OBJECT && found.length < MOST_OBJECTS) {
        found.push({
          kind: record.data.readUInt16LE(OBJECT_KIND),
          text: undefined,
          chart: undefined,
        })
      }
      if (record.type === BOX && last) last.text = readText(record)
    },
    drawing: {
      objects: () =>
        readArtShapes(Buffer.concat(data)).flatMap((shape): XlsObject[] => {
          const object = found[shape.place]
          if (object === undefined) return []
          const { kind, text, chart: own } = object
          return [{ shape, text, chart: own, isDrawn: !NOT_DRAWN.has(kind) }]
        }),
    } satisfies XlsDrawing,
  }
}
