import type { CellRange } from '../../../text/xlsx-places.ts'
import type { Box } from '../../drawing/shapes.ts'
import type { Element } from '../../element.ts'
import { type MadeValues, toChartSpace } from '../../slides/charts/made-chart.ts'
import { makeElement } from '../../slides/make-element.ts'
import type { CellFont } from '../cell-look.ts'
import { chartElement, type MadeObject, pictureElement, turnElement } from '../made-drawing.ts'
import { readSheetColour, type SheetPalette } from '../sheet-colours.ts'
import type { SheetGrid } from '../sheet-grid.ts'
import type { ArtShape } from './art-shapes.ts'
import type { XlsChart, XlsValues } from './xls-chart.ts'
import type { XlsObject, XlsText } from './xls-drawing.ts'
import type { XlsStyles } from './xls-styles.ts'

/** Properties of shapes ([MS-ODRAW] 2.3). */
const TURN = 4
const CROP = [
  ['t', 256],
  ['b', 257],
  ['l', 258],
  ['r', 259],
] as const
const PICTURE = 260
const FILL_COLOUR = 385
const FILL_FLAGS = 447
const LINE_COLOUR = 448
const LINE_WIDTH = 459
const LINE_FLAGS = 511

/** Flags that say whether there is a fill, and a line, each with that of whether it is said. */
const FILLED = { is: 0x10, said: 0x10_0000 }
const LINED = { is: 0x08, said: 0x08_0000 }

/** Parts that a number of a fraction is counted in. */
const FRACTION = 65_536

/** The shapes of drawings by their numbers, as an XLSX calls them ([MS-ODRAW] 2.4.24). */
const SHAPES = new Map([
  [1, 'rect'],
  [2, 'roundRect'],
  [3, 'ellipse'],
  [4, 'diamond'],
  [5, 'triangle'],
  [6, 'rtTriangle'],
  [7, 'parallelogram'],
  [8, 'trapezoid'],
  [9, 'hexagon'],
  [10, 'octagon'],
  [11, 'plus'],
  [12, 'star5'],
  [13, 'rightArrow'],
  [15, 'homePlate'],
  [16, 'cube'],
  [20, 'line'],
  [22, 'can'],
  [23, 'donut'],
  [32, 'straightConnector1'],
  [55, 'chevron'],
  [56, 'pentagon'],
  [61, 'wedgeRectCallout'],
  [62, 'wedgeRoundRectCallout'],
  [63, 'wedgeEllipseCallout'],
  [66, 'leftArrow'],
  [67, 'downArrow'],
  [68, 'upArrow'],
  [69, 'leftRightArrow'],
  [70, 'upDownArrow'],
  [74, 'heart'],
  [84, 'bevel'],
  [109, 'flowChartProcess'],
  [110, 'flowChartDecision'],
  [202, 'rect'],
])

const LINES: ReadonlySet<string> = new Set(['line', 'straightConnector1'])

/** What lies on a sheet is made with. */
export interface ObjectContext {
  readonly grid: SheetGrid
  readonly styles: Pick<XlsStyles, 'palette' | 'fontOf'>
  /** The name that a picture has on pages, by its number; undefined for one that is not there. */
  readonly pictureOf: (number: number) => string | undefined
  /** What an XLSX calls cells of the sheet. */
  readonly cellsOf: (range: CellRange) => string
  /** Takes a chart, and tells what it is called. */
  readonly addChart: (chart: Element) => string
  /** Told when there is something that is not drawn. */
  readonly leaveOut: () => void
}

/** Makes what lies on a sheet as an XLSX has it. */
export function toMadeObjects(
  objects: readonly XlsObject[],
  context: ObjectContext,
): readonly MadeObject[] {
  return objects.flatMap((object) => {
    if (!object.isDrawn) return []
    const shape = toShape(object, context)
    if (shape === undefined) context.leaveOut()
    return shape ? [{ box: boxOf(object.shape, context.grid), shape }] : []
  })
}

function toShape({ shape, text, chart }: XlsObject, context: ObjectContext): Element | undefined {
  const { properties } = shape
  if (chart) return chartElement(context.addChart(toChart(chart, context)))
  const turned = toSigned(properties.get(TURN) ?? 0) / FRACTION
  const picture = properties.get(PICTURE)
  if (picture !== undefined) {
    const name = context.pictureOf(picture)
    const sides = CROP.map(([side, number]) => [side, properties.get(number) ?? 0] as const)
    const crop = Object.fromEntries(
      sides.map(([side, part]) => [
        side,
        String(Math.round((toSigned(part) / FRACTION) * 100_000)),
      ]),
    )
    return name === undefined ? undefined : pictureElement(name, { crop, turned })
  }
  const preset = SHAPES.get(shape.kind)
  if (preset === undefined) return undefined
  return toAutoShape(shape, preset, { text, turned, styles: context.styles })
}

function toAutoShape(
  { properties }: ArtShape,
  preset: string,
  {
    text,
    turned,
    styles,
  }: {
    readonly text: XlsText | undefined
    readonly turned: number
    readonly styles: ObjectContext['styles']
  },
): Element {
  const { palette } = styles
  const is = (number: number, flag: typeof FILLED): boolean => {
    const flags = properties.get(number) ?? 0
    return (flags & flag.said) === 0 || (flags & flag.is) > 0
  }
  const hasFill = !LINES.has(preset) && is(FILL_FLAGS, FILLED)
  const fill = toColour(properties.get(FILL_COLOUR) ?? 0xff_ffff, palette)
  const line = toColour(properties.get(LINE_COLOUR) ?? 0, palette)
  return makeElement(LINES.has(preset) ? 'cxnSp' : 'sp', {}, [
    makeElement('spPr', {}, [
      turnElement(turned),
      makeElement('prstGeom', { prst: preset }),
      hasFill ? solid(fill) : makeElement('noFill'),
      makeElement('ln', { w: String(properties.get(LINE_WIDTH) ?? 9525) }, [
        is(LINE_FLAGS, LINED) ? solid(line) : makeElement('noFill'),
      ]),
    ]),
    text && toText(text, styles),
  ])
}

/** A number of four bytes that may be below nothing. */
function toSigned(number: number): number {
  return number | 0
}

/** Where a colour says that it is one of the palette of the workbook. */
const INDEXED = 0x0800_0000

/** Six hexadecimal digits of a colour ([MS-ODRAW] 2.2.2). */
function toColour(colour: number, palette: SheetPalette): string {
  if ((colour & INDEXED) > 0) {
    const found = readSheetColour({ indexed: String(colour & 0xffff) }, palette)
    if (found) return Buffer.from([found.red, found.green, found.blue]).toString('hex')
    // Those behind the palette are of a window: its letters, and what is behind these.
    return (colour & 0xffff) % 2 === 0 ? '000000' : 'ffffff'
  }
  return Buffer.from([colour & 0xff, (colour >> 8) & 0xff, (colour >> 16) & 0xff]).toString('hex')
}

function solid(colour: string): Element {
  return makeElement('solidFill', {}, [makeElement('srgbClr', { val: colour })])
}

const ACROSS = new Map([
  [2, 'ctr'],
  [3, 'r'],
  [4, 'just'],
])
const DOWN = new Map([
  [2, 'ctr'],
  [3, 'b'],
])

function toText(
  { text, font, across, down }: XlsText,
  { fontOf }: ObjectContext['styles'],
): Element {
  const look = font === undefined ? undefined : fontOf(font)
  const place = makeElement('pPr', { algn: ACROSS.get(across) ?? 'l' })
  return makeElement('txBody', {}, [
    makeElement('bodyPr', { anchor: DOWN.get(down) ?? 't', wrap: 'square' }),
    ...text
      .split(/\r\n|[\r\n]/)
      .map((line) =>
        makeElement('p', {}, [
          place,
          makeElement('r', {}, [toLetters(look), makeElement('t', {}, [], line)]),
        ]),
      ),
  ])
}

function toLetters({ size = 10, bold, italic, colour, family }: Partial<CellFont> = {}): Element {
  const { red, green, blue } = colour ?? { red: 0, green: 0, blue: 0 }
  return makeElement(
    'rPr',
    { sz: String(Math.round(size * 100)), b: bold ? '1' : '0', i: italic ? '1' : '0' },
    [
      solid(Buffer.from([red, green, blue]).toString('hex')),
      family === undefined ? undefined : makeElement('latin', { typeface: family }),
    ],
  )
}

function toChart({ series, hasLegend, ...chart }: XlsChart, { cellsOf }: ObjectContext): Element {
  const valuesOf = (values: XlsValues): MadeValues | undefined => {
    if (values === undefined) return undefined
    return 'top' in values ? { cells: cellsOf(values) } : { texts: values }
  }
  return toChartSpace({
    ...chart,
    legend: hasLegend ? 'r' : undefined,
    series: series.map(({ name, values, categories, colour, kind }) => ({
      name: typeof name === 'string' ? { texts: [name] } : valuesOf(name),
      categories: valuesOf(categories),
      values: valuesOf(values) ?? { texts: [] },
      colour,
      kind,
    })),
  })
}

/** Parts of a column and of a row that places are counted in. */
const PARTS = { across: 1024, down: 256 }

function boxOf({ at, within }: ArtShape, { columns, rows }: SheetGrid): Box {
  const place = ({ column, across, row, down }: ArtShape['at']['from']) => ({
    x:
      columns.startOf(column) +
      (columns.sizeOf(column) * Math.min(across, PARTS.across)) / PARTS.across,
    y: rows.startOf(row) + (rows.sizeOf(row) * Math.min(down, PARTS.down)) / PARTS.down,
  })
  const [from, to] = [place(at.from), place(at.to)]
  const box = { ...from, width: Math.max(0, to.x - from.x), height: Math.max(0, to.y - from.y) }
  if (within === undefined) return box
  return {
    x: Math.max(0, box.x + within.x * box.width),
    y: Math.max(0, box.y + within.y * box.height),
    width: Math.max(0, within.width * box.width),
    height: Math.max(0, within.height * box.height),
  }
}
