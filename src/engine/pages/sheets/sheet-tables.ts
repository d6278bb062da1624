import { type CellRange, readRange } from '../../text/xlsx-places.ts'
import { attributeOf, childOf, type Element } from '../element.ts'
import { type Colour, BLACK as DARKEST, toLetterColour } from '../slides/colours/colour.ts'
import { flagOf, numberOf } from '../slides/drawing-values.ts'
import { BLACK, type BorderLine, EDGES, type LookChange } from './cell-look.ts'
import { tinted } from './sheet-colours.ts'
import type { WorkbookStyles } from './workbook-styles.ts'

/** A table on a sheet. */
export interface SheetTable {
  readonly range: CellRange
  /** What its style has below that of a cell itself. */
  readonly changeAt: (row: number, column: number) => LookChange
}

/** What a style has for a part of a table, and the lines between the cells of it. */
interface TablePart extends LookChange {
  readonly across?: BorderLine | undefined
  readonly down?: BorderLine | undefined
}

/** What a style has for the parts of a table, by their names in a workbook. */
type TableStyle = ReadonlyMap<string, TablePart>

/** Reads a table of a sheet; undefined for one that looks as any other cells. */
export function readSheetTable(
  table: Element,
  { tables, palette }: Pick<WorkbookStyles, 'tables' | 'palette'>,
): SheetTable | undefined {
  const range = readRange(attributeOf(table, 'ref'))
  const info = childOf(table, 'tableStyleInfo')
  const name = attributeOf(info, 'name')
  const style =
    name === undefined ? undefined : (tables.get(name) ?? findStyle(name, palette.theme))
  if (range === undefined || style === undefined) return undefined
  const shape = {
    range,
    headers: numberOf(table, 'headerRowCount') ?? 1,
    totals: numberOf(table, 'totalsRowCount') ?? 0,
    shows: new Set(SHOWN.filter((what) => flagOf(info, what))),
  }
  return {
    range,
    changeAt(row, column) {
      let change: LookChange = {}
      for (const [part, of] of partsAt(shape, row, column)) {
        const found = style.get(part)
        if (found === undefined) continue
        const { font, fill, format } = found
        change = {
          font: { ...change.font, ...font },
          fill: fill ?? change.fill,
          format: format ?? change.format,
          borders: { ...change.borders, ...bordersAt(found, of, row, column) },
        }
      }
      return change
    },
  }
}

/** What of a style a table can show or not. */
const SHOWN = ['showRowStripes', 'showColumnStripes', 'showFirstColumn', 'showLastColumn'] as const

/** Where a table is, and what of its style it shows. */
interface TableShape {
  readonly range: CellRange
  readonly headers: number
  readonly totals: number
  readonly shows: ReadonlySet<(typeof SHOWN)[number]>
}

/** The parts of a table that a cell is in, each with all that is in it, those last that win. */
function* partsAt(
  { range, headers, totals, shows }: TableShape,
  row: number,
  column: number,
): Generator<readonly [part: string, of: CellRange]> {
  yield ['wholeTable', range]
  const body = { top: range.top + headers, bottom: range.bottom - totals }
  const isBody = row >= body.top && row <= body.bottom
  const rowRange = { ...range, top: row, bottom: row }
  const columnRange = { ...range, left: column, right: column }
  if (isBody && shows.has('showColumnStripes')) {
    const isFirst = (column - range.left) % 2 === 0
    yield [isFirst ? 'firstColumnStripe' : 'secondColumnStripe', columnRange]
  }
  if (isBody && shows.has('showRowStripes')) {
    const isFirst = (row - body.top) % 2 === 0
    yield [isFirst ? 'firstRowStripe' : 'secondRowStripe', rowRange]
  }
  if (shows.has('showLastColumn') && column === range.right) yield ['lastColumn', columnRange]
  if (shows.has('showFirstColumn') && column === range.left) yield ['firstColumn', columnRange]
  if (row < body.top) yield ['headerRow', { ...range, bottom: body.top - 1 }]
  if (row > body.bottom) yield ['totalRow', { ...range, top: body.bottom + 1 }]
}

/** The lines of a cell that are those of a part of its table: around it, or between its cells. */
function bordersAt(
  { borders, across, down }: TablePart,
  range: CellRange,
  row: number,
  column: number,
): LookChange['borders'] {
  const isOuter = {
    left: column === range.left,
    right: column === range.right,
    top: row === range.top,
    bottom: row === range.bottom,
  }
  const inner = { left: down, right: down, top: across, bottom: across }
  return Object.fromEntries(
    EDGES.flatMap((edge) => {
      const line = isOuter[edge] ? borders?.[edge] : inner[edge]
      return line ? [[edge, line]] : []
    }),
  )
}

/** Accents a theme has, and where they are in it. */
const ACCENTS = 6
const FIRST_ACCENT = 4
const [LIGHT, DARK] = [0, 1]

/** The styles of Excel by their names, such as `TableStyleMedium2` (they are in no standard). */
function findStyle(name: string, theme: readonly Colour[]): TableStyle | undefined {
  const [, kind, digits] = /^TableStyle(Light|Medium|Dark)(\d+)$/.exec(name) ?? []
  if (kind === undefined) return undefined
  const number = Number(digits) - 1
  const group = Math.floor(number / (ACCENTS + 1))
  const nth = number % (ACCENTS + 1)
  const colourAt = (index: number): Colour => theme[index] ?? DARKEST
  const accent = nth === 0 ? colourAt(DARK) : colourAt(FIRST_ACCENT + nth - 1)
  const style = STYLES[`${kind}${group}`] ?? STYLES[`${kind}0`]
  const tint = (share: number, of = accent) => toLetterColour(tinted(of, share))
  return (
    style &&
    new Map(
      Object.entries(
        style({
          accent: toLetterColour(accent),
          // Black becomes lighter in other steps than colours do.
          pale: nth === 0 ? tint(0.85) : tint(0.8),
          paler: nth === 0 ? tint(0.65) : tint(0.6),
          half: nth === 0 ? tint(0.5) : tint(0.4),
          deep: tint(-0.25),
          deeper: tint(-0.5),
          light: toLetterColour(colourAt(LIGHT)),
          dark: toLetterColour(colourAt(DARK)),
          grey: tint(-0.15, colourAt(LIGHT)),
        }),
      ),
    )
  )
}

/** The colours that the styles of Excel are made of. */
type StyleColours = Readonly<
  Record<
    'accent' | 'pale' | 'paler' | 'half' | 'deep' | 'deeper' | 'light' | 'dark' | 'grey',
    typeof BLACK
  >
>

function thin(colour: typeof BLACK, width = 0.5): BorderLine {
  return { colour, width, dash: [], isDouble: false }
}

function around(line: BorderLine): NonNullable<LookChange['borders']> {
  return { left: line, right: line, top: line, bottom: line }
}

const BOLD = { bold: true }

/** By how strong they are, and which seven of those it is of. */
const STYLES: Readonly<Record<string, (colours: StyleColours) => Record<string, TablePart>>> = {
  Light0: ({ accent, pale, deep }) => ({
    wholeTable: { font: { colour: deep }, borders: { top: thin(accent), bottom: thin(accent) } },
    headerRow: { font: BOLD, borders: { bottom: thin(accent) } },
    totalRow: { font: BOLD, borders: { top: thin(accent) } },
    firstColumn: { font: BOLD },
    lastColumn: { font: BOLD },
    firstRowStripe: { fill: pale },
    firstColumnStripe: { fill: pale },
  }),
  Light1: ({ accent, light }) => ({
    wholeTable: { borders: around(thin(accent)) },
    headerRow: { font: { ...BOLD, colour: light }, fill: accent },
    totalRow: { font: BOLD, borders: { top: { ...thin(accent), isDouble: true } } },
    firstColumn: { font: BOLD },
    lastColumn: { font: BOLD },
    firstRowStripe: { borders: { top: thin(accent), bottom: thin(accent) } },
    firstColumnStripe: { borders: { left: thin(accent), right: thin(accent) } },
  }),
  Light2: ({ accent, pale }) => ({
    wholeTable: { borders: around(thin(accent)), across: thin(accent), down: thin(accent) },
    headerRow: { font: BOLD, borders: { bottom: thin(accent, 1.25) } },
    totalRow: { font: BOLD, borders: { top: { ...thin(accent), isDouble: true } } },
    firstColumn: { font: BOLD },
    lastColumn: { font: BOLD },
    firstRowStripe: { fill: pale },
    firstColumnStripe: { fill: pale },
  }),
  Medium0: ({ accent, pale, half, light }) => ({
    wholeTable: { borders: around(thin(half)), across: thin(half) },
    headerRow: { font: { ...BOLD, colour: light }, fill: accent },
    totalRow: { font: BOLD, borders: { top: { ...thin(accent), isDouble: true } } },
    firstColumn: { font: BOLD },
    lastColumn: { font: BOLD },
    firstRowStripe: { fill: pale },
    firstColumnStripe: { fill: pale },
  }),
  Medium1: ({ accent, pale, paler, light }) => ({
    wholeTable: { fill: pale, across: thin(light), down: thin(light) },
    headerRow: {
      font: { ...BOLD, colour: light },
      fill: accent,
      borders: { bottom: thin(light, 2) },
    },
    totalRow: {
      font: { ...BOLD, colour: light },
      fill: accent,
      borders: { top: thin(light, 2) },
    },
    firstColumn: { font: { ...BOLD, colour: light }, fill: accent },
    lastColumn: { font: { ...BOLD, colour: light }, fill: accent },
    firstRowStripe: { fill: paler },
    firstColumnStripe: { fill: paler },
  }),
  Medium2: ({ accent, grey, light, dark }) => ({
    wholeTable: { borders: { top: thin(dark, 1.25), bottom: thin(dark, 1.25) } },
    headerRow: {
      font: { ...BOLD, colour: light },
      fill: accent,
      borders: { bottom: thin(dark, 1.25) },
    },
    totalRow: { borders: { top: { ...thin(dark), isDouble: true } } },
    firstColumn: { font: { ...BOLD, colour: light }, fill: accent },
    lastColumn: { font: { ...BOLD, colour: light }, fill: accent },
    firstRowStripe: { fill: grey },
    firstColumnStripe: { fill: grey },
  }),
  Medium3: ({ pale, paler, half, accent }) => ({
    wholeTable: { fill: pale, borders: around(thin(half)), across: thin(half), down: thin(half) },
    headerRow: { font: BOLD },
    totalRow: { font: BOLD, borders: { top: thin(accent, 1.25) } },
    firstColumn: { font: BOLD },
    lastColumn: { font: BOLD },
    firstRowStripe: { fill: paler },
    firstColumnStripe: { fill: paler },
  }),
  Dark0: ({ accent, deep, deeper, light }) => ({
    wholeTable: { font: { colour: light }, fill: accent },
    headerRow: { font: BOLD, fill: BLACK, borders: { bottom: thin(light, 1.25) } },
    totalRow: { font: BOLD, fill: deeper, borders: { top: thin(light, 1.25) } },
    firstColumn: { font: BOLD, fill: deep },
    lastColumn: { font: BOLD, fill: deep },
    firstRowStripe: { fill: deep },
    firstColumnStripe: { fill: deep },
  }),
  Dark1: ({ accent, pale, paler, light }) => ({
    wholeTable: { fill: pale },
    headerRow: { font: { ...BOLD, colour: light }, fill: accent },
    totalRow: { font: BOLD, borders: { top: { ...thin(BLACK), isDouble: true } } },
    firstColumn: { font: BOLD },
    lastColumn: { font: BOLD },
    firstRowStripe: { fill: paler },
    firstColumnStripe: { fill: paler },
  }),
}
