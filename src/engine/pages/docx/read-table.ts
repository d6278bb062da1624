import { isOn } from '../../text/docx-story.ts'
import type { Sides } from '../drawing/page.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import type {
  Borders,
  FlowBlock,
  FlowCell,
  FlowRow,
  FlowTable,
  TableColumns,
} from '../flow/blocks.ts'
import type { DocxContext, ReadBlocks } from './docx-context.ts'
import { numberOf, twipsOf } from './measures.ts'
import { readShading } from './run-look.ts'
import {
  type CellPlace,
  readMargins,
  readTableBorders,
  readTableStyle,
  type TableBorders,
} from './table-style.ts'

/** Word has at most 63. */
const MOST_COLUMNS = 64

/** As many rows a cell covers. */
const MOST_ROWS = 1000

/** Inside of cells, in points, where nothing is said. */
const MARGINS: Sides = { left: 5.4, top: 0, right: 5.4, bottom: 0 }

/** Columns that are narrower are said by programs that leave it to Word how wide they are. */
const NARROW = 8

/** The fewest and the most letters that a column is as wide as whose width nobody says. */
const FEWEST_LETTERS = 4
const MOST_LETTERS = 60

/** A cell, and where it is. */
interface PlacedCell {
  readonly element: Element
  readonly properties: Element | undefined
  readonly row: number
  readonly column: number
  readonly columns: number
  readonly merge: 'begins' | 'goes on' | undefined
}

/** Reads a table (ECMA-376, part 1, 17.4). */
export function readTable(table: Element, context: DocxContext, readBlocks: ReadBlocks): FlowTable {
  const properties = childOf(table, 'tblPr')
  const style = readTableStyle(properties, context)
  const rows = [...rowsOf(table)]
  const cells = rows.map((row, index) => [...cellsOf(row, index)])
  const count = cells
    .flat()
    .reduce((most, { column, columns }) => Math.max(most, column + columns), 1)
  const look: TableLook = {
    borders: { ...style.borders, ...readTableBorders(childOf(properties, 'tblBorders')) },
    margins: { ...MARGINS, ...style.margins, ...readMargins(childOf(properties, 'tblCellMar')) },
    rows: rows.length,
    columns: count,
  }
  const spans = spansOf(cells)

  function readCell(cell: PlacedCell): FlowCell {
    const { element, row, column, columns } = cell
    const place: CellPlace = {
      row,
      column,
      isLastRow: row === rows.length - 1,
      isLastColumn: column + columns >= count,
    }
    const ofStyle = style.cell(place)
    const own = readShading(childOf(cell.properties, 'shd'))
    const shading = own ?? ofStyle.shading
    const within = {
      ...context,
      level: context.level + 1,
      table: ofStyle.look,
      ground: shading ?? context.ground,
    }
    const span = spans.get(element) ?? 1
    const around = bordersAround({ ...cell, rows: span }, look)
    return {
      column,
      columns,
      rows: span,
      blocks: withoutEnd(readBlocks(element.children, within)),
      shading,
      borders: withoutInner({
        ...around,
        ...ofStyle.borders,
        ...readTableBorders(childOf(cell.properties, 'tcBorders')),
      }),
      margins: { ...look.margins, ...readMargins(childOf(cell.properties, 'tcMar')) },
      vertical:
        VERTICALS.get(attributeOf(childOf(cell.properties, 'vAlign'), 'val') ?? '') ?? 'top',
    }
  }

  const read = rows.map((row, index): FlowRow => {
    const own = childOf(row, 'trPr')
    return {
      cells: (cells[index] ?? []).filter(({ merge }) => merge !== 'goes on').map(readCell),
      height: readHeight(own),
      isHeader: isSet(own, 'tblHeader'),
      isWhole: isSet(own, 'cantSplit'),
    }
  })
  return {
    kind: 'table',
    rows: read,
    columnsIn: readColumns(table, properties, cells.flat(), look),
  }
}

interface TableLook {
  readonly borders: TableBorders
  readonly margins: Sides
  readonly rows: number
  readonly columns: number
}

/** The empty paragraph that has to be behind a table at the end of a cell takes no room. */
function withoutEnd(blocks: readonly FlowBlock[]): readonly FlowBlock[] {
  const [table, last] = blocks.slice(-2)
  const isEmpty = last?.kind === 'paragraph' && last.paragraph.runs.every(({ text }) => text === '')
  return table?.kind === 'table' && isEmpty ? blocks.slice(0, -1) : blocks
}

const VERTICALS: ReadonlyMap<string, FlowCell['vertical']> = new Map(
  Object.entries<FlowCell['vertical']>({
    center: 'middle',
    bottom: 'bottom',
  }),
)

function isSet(properties: Element | undefined, name: string): boolean {
  const property = childOf(properties, name)
  return property !== undefined && isOn(property.attributes)
}

/** Rows may be in controls and marks of changes. */
function* rowsOf(element: Element, level = 0): Generator<Element> {
  for (const child of element.children) {
    if (child.name === 'tr') {
      if (childOf(childOf(child, 'trPr'), 'del') === undefined) yield child
    } else if (/^(sdt|sdtContent|customXml|ins)$/.test(child.name) && level < MOST_LEVELS) {
      yield* rowsOf(child, level + 1)
    }
  }
}

const MOST_LEVELS = 20

function* cellElements(element: Element, level = 0): Generator<Element> {
  for (const child of element.children) {
    if (child.name === 'tc') yield child
    else if (/^(sdt|sdtContent|customXml|ins)$/.test(child.name) && level < MOST_LEVELS) {
      yield* cellElements(child, level + 1)
    }
  }
}

function* cellsOf(row: Element, index: number): Generator<PlacedCell> {
  let column = spanIn(childOf(row, 'trPr'), 'gridBefore', 0)
  for (const element of cellElements(row)) {
    if (column >= MOST_COLUMNS) return
    const properties = childOf(element, 'tcPr')
    const columns = Math.min(MOST_COLUMNS - column, spanIn(properties, 'gridSpan', 1))
    const merged = childOf(properties, 'vMerge')
    const merge =
      merged === undefined
        ? undefined
        : attributeOf(merged, 'val') === 'restart'
          ? 'begins'
          : 'goes on'
    yield { element, properties, row: index, column, columns, merge }
    column += columns
  }
}

function spanIn(properties: Element | undefined, name: string, least: number): number {
  const span = Math.trunc(numberOf(childOf(properties, name), 'val') ?? least)
  return Math.min(MOST_COLUMNS, Math.max(least, span))
}

/** How many rows each cell covers that begins a merged one. */
function spansOf(rows: readonly (readonly PlacedCell[])[]): ReadonlyMap<Element, number> {
  const spans = new Map<Element, number>()
  const open = new Map<number, Element>()
  for (const row of rows) {
    for (const { element, column, merge } of row) {
      const begun = open.get(column)
      if (merge === 'goes on' && begun) {
        spans.set(begun, Math.min(MOST_ROWS, (spans.get(begun) ?? 1) + 1))
      } else if (merge === 'begins') {
        open.set(column, element)
        spans.set(element, 1)
      } else open.delete(column)
    }
  }
  return spans
}

function readHeight(properties: Element | undefined): FlowRow['height'] {
  const height = childOf(properties, 'trHeight')
  const points = twipsOf(height, 'val')
  if (points === undefined || points <= 0) return undefined
  return { points, isExact: attributeOf(height, 'hRule') === 'exact' }
}

/** The borders that a table gives a cell: its own at its edges, and those between cells within. */
function bordersAround(
  {
    row,
    rows,
    column,
    columns,
  }: Pick<PlacedCell, 'row' | 'column' | 'columns'> & { readonly rows: number },
  { borders, rows: count, columns: width }: TableLook,
): Borders {
  return {
    left: column === 0 ? borders.left : borders.down,
    top: row === 0 ? borders.top : borders.across,
    right: column + columns >= width ? borders.right : borders.down,
    bottom: row + rows >= count ? borders.bottom : borders.across,
  }
}

/** Those within are of parts of tables, which are more than this cell. */
function withoutInner({ left, top, right, bottom }: TableBorders): Borders {
  return { left, top, right, bottom }
}

function readColumns(
  table: Element,
  properties: Element | undefined,
  cells: readonly PlacedCell[],
  look: TableLook,
): (width: number) => TableColumns {
  const grid = childrenOf(childOf(table, 'tblGrid'), 'gridCol').map(
    (each) => twipsOf(each, 'w') ?? 0,
  )
  const told = Array.from({ length: look.columns }, (_, column) => grid[column] ?? 0)
  for (const { properties: own, column, columns } of cells) {
    const width = childOf(own, 'tcW')
    const points = attributeOf(width, 'type') === 'pct' ? undefined : twipsOf(width, 'w')
    if (columns === 1 && (told[column] ?? 0) < NARROW && points !== undefined) told[column] = points
  }
  const isTold = told.every((width) => width >= NARROW)
  const widths = isTold ? told : weighColumns(cells, look.columns)
  const sum = widths.reduce((total, width) => total + width, 0)
  const isFixed = attributeOf(childOf(properties, 'tblLayout'), 'type') === 'fixed'
  const alignment = attributeOf(childOf(properties, 'jc'), 'val') ?? 'left'
  const indent = twipsOf(childOf(properties, 'tblInd'), 'w')
  const wanted = readWidth(childOf(properties, 'tblW'))
  return (room) => {
    const whole = wanted(room) ?? (isTold ? sum : room)
    // Programs fit a table in that is wider than what it is in, unless its widths are fixed.
    const most = isFixed ? room * 1.5 : room + look.margins.left + look.margins.right
    const total = whole > most ? room : whole
    const scaled = widths.map((width) => (width / (sum || 1)) * total)
    const slack = room - total
    const left =
      alignment === 'center'
        ? slack / 2
        : /^(right|end)$/.test(alignment)
          ? slack
          : (indent ?? -look.margins.left)
    return { left, widths: scaled }
  }
}

/** Fiftieths of a percent, percents, or a length; undefined for whatever its columns take. */
function readWidth(width: Element | undefined): (room: number) => number | undefined {
  const type = attributeOf(width, 'type') ?? 'dxa'
  const value = attributeOf(width, 'w') ?? ''
  if (type === 'pct') {
    const part = value.endsWith('%')
      ? Number.parseFloat(value) / 100
      : Number.parseFloat(value) / 5000
    return (room) => (part > 0 ? Math.min(2, part) * room : undefined)
  }
  const points = type === 'dxa' ? twipsOf(width, 'w') : undefined
  return () => (points !== undefined && points > NARROW ? points : undefined)
}

/** How wide columns are by what is in them. */
function weighColumns(cells: readonly PlacedCell[], count: number): readonly number[] {
  const weights = Array.from({ length: count }, () => FEWEST_LETTERS)
  for (const { element, column, columns } of cells) {
    if (columns > 1) continue
    const letters = Math.min(MOST_LETTERS, lettersOf(element, 0))
    weights[column] = Math.max(weights[column] ?? 0, letters)
  }
  return weights
}

/** The letters of the longest paragraph, roughly. */
function lettersOf(element: Element, level: number): number {
  if (level > MOST_LEVELS) return 0
  if (element.name === 't') return element.text.length
  const own = element.children.map((child) => lettersOf(child, level + 1))
  const isSum = element.name === 'p' || element.name === 'r'
  return own.reduce((sum, each) => (isSum ? sum + each : Math.max(sum, each)), 0)
}
