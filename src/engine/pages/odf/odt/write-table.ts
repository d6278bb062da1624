import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { borderOf, paddingOf, SIDES } from '../borders.ts'
import { toHex, toNumber, toPoints, toShare, twips } from '../measures.ts'
import { valueOf } from '../styles.ts'
import { MOST_LEVELS, type OdtContext, type WriteBlocks } from './odt-context.ts'
import { writeBorder } from './paragraph-properties.ts'

/** As many columns and cells as are written of a table; Word has 63 columns. */
const MOST_COLUMNS = 63
const MOST_CELLS = 20_000

/** As often as a row or a column that is told to be repeated is. */
const MOST_REPEATS = 200

const ALIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ center: 'center', right: 'right' }),
)

const VERTICALS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ middle: 'center', bottom: 'bottom' }),
)

/** Writes a table (OpenDocument 1.3, part 3, 9) as Word has it. */
export function writeTable(table: Element, context: OdtContext, writeBlocks: WriteBlocks): Element {
  const { styles } = context
  const look = styles.look('table', attributeOf(table, 'style-name'))
  const columns = columnsOf(table)
  const told = columns.map(
    (column) =>
      toPoints(
        valueOf(
          styles.look('table-column', attributeOf(column, 'style-name')),
          'table-column',
          'column-width',
        ),
      ) ?? 0,
  )
  const share = toShare(valueOf(look, 'table', 'rel-width'))
  const whole =
    share === undefined
      ? (toPoints(valueOf(look, 'table', 'width')) ?? context.room)
      : share * context.room
  const widths = told.every((width) => width > 0) ? told : told.map(() => whole / told.length)
  const align = ALIGNS.get(valueOf(look, 'table', 'align') ?? '')
  const indent = toPoints(valueOf(look, 'table', 'margin-left')) ?? 0
  const rows = writeRows(table, { columns, widths }, context, writeBlocks)
  return makeElement('tbl', {}, [
    makeElement('tblPr', {}, [
      makeElement('tblW', { w: twips(whole), type: 'dxa' }),
      align === undefined ? undefined : makeElement('jc', { val: align }),
      makeElement('tblInd', { w: twips(indent), type: 'dxa' }),
      makeElement('tblLayout', { type: 'fixed' }),
    ]),
    makeElement(
      'tblGrid',
      {},
      widths.map((width) => makeElement('gridCol', { w: twips(width) })),
    ),
    ...rows,
  ])
}

/** Columns, and rows, may be in groups, and those of heads are. */
const GROUPS: ReadonlySet<string> = new Set(
  'table-columns table-header-columns table-column-group table-rows table-header-rows table-row-group'.split(
    ' ',
  ),
)

function repeats(element: Element, name: string): number {
  const count = Math.trunc(toNumber(attributeOf(element, name)) ?? 1)
  return Math.min(MOST_REPEATS, Math.max(1, count))
}

/** The columns of a table, each as often as it is there. */
export function columnsOf(table: Element): readonly Element[] {
  const columns: Element[] = []
  for (const { element } of itemsOf(table, 'table-column', false)) {
    const count = repeats(element, 'number-columns-repeated')
    for (let nth = 0; nth < count && columns.length < MOST_COLUMNS; nth += 1) columns.push(element)
  }
  return columns
}

/** The name of the style of a cell: its own, or what its row or its column says of all. */
export function cellStyle(
  cell: Element,
  row: Element,
  column: Element | undefined,
): string | undefined {
  return (
    attributeOf(cell, 'style-name') ??
    attributeOf(row, 'default-cell-style-name') ??
    attributeOf(column, 'default-cell-style-name')
  )
}

/** A row of a table, and whether it is of its head. */
export interface TableRow {
  readonly element: Element
  readonly isHead: boolean
}

/** The rows of a table, each as often as it is there. */
export function* rowsOf(table: Element): Generator<TableRow> {
  for (const row of itemsOf(table, 'table-row', false)) {
    const count = repeats(row.element, 'number-rows-repeated')
    for (let nth = 0; nth < count; nth += 1) yield row
  }
}

function* itemsOf(holder: Element, name: string, isHead: boolean): Generator<TableRow> {
  for (const child of holder.children) {
    if (child.name === name) yield { element: child, isHead }
    else if (GROUPS.has(child.name)) {
      yield* itemsOf(child, name, isHead || child.name === 'table-header-rows')
    }
  }
}

/** A cell that covers some of rows below. */
interface Spanning {
  readonly columns: number
  rows: number
}

function writeRows(
  table: Element,
  {
    columns: told,
    widths,
  }: { readonly columns: readonly Element[]; readonly widths: readonly number[] },
  context: OdtContext,
  writeBlocks: WriteBlocks,
): readonly Element[] {
  const spanning = new Map<number, Spanning>()
  const written: Element[] = []
  let left = MOST_CELLS
  for (const { element: row, isHead } of rowsOf(table)) {
    if (left <= 0) break
    const cells: Element[] = []
    let column = 0
    let covered = 0
    const add = (cell: Element): void => {
      left -= 1
      const above = spanning.get(column)
      if (above !== undefined && above.rows > 0) {
        above.rows -= 1
        cells.push(goingOn(above.columns))
        covered = above.columns - 1
        column += 1
        return
      }
      if (cell.name === 'covered-table-cell') {
        column += 1
        // What no cell covers is empty.
        if (covered > 0) covered -= 1
        else cells.push(makeElement('tc', {}, [makeElement('p')]))
        return
      }
      const columns = Math.min(widths.length - column, repeats(cell, 'number-columns-spanned'))
      const rows = repeats(cell, 'number-rows-spanned')
      if (rows > 1) spanning.set(column, { columns, rows: rows - 1 })
      const width = widths.slice(column, column + columns).reduce((sum, each) => sum + each, 0)
      const style = cellStyle(cell, row, told[column])
      cells.push(writeCell(cell, { columns, rows, width, style }, context, writeBlocks))
      covered = columns - 1
      column += 1
    }
    for (const cell of row.children) {
      if (!/^(covered-)?table-cell$/.test(cell.name)) continue
      const count = repeats(cell, 'number-columns-repeated')
      for (let nth = 0; nth < count && column < widths.length && left > 0; nth += 1) add(cell)
    }
    written.push(makeElement('tr', {}, [writeRowLook(row, isHead, context), ...cells]))
  }
  return written
}

function goingOn(columns: number): Element {
  return makeElement('tc', {}, [
    makeElement('tcPr', {}, [
      makeElement('gridSpan', { val: String(columns) }),
      makeElement('vMerge'),
    ]),
    makeElement('p'),
  ])
}

function writeRowLook(row: Element, isHead: boolean, { styles }: OdtContext): Element {
  const look = styles.look('table-row', attributeOf(row, 'style-name'))
  const exact = toPoints(valueOf(look, 'table-row', 'row-height'))
  const least = toPoints(valueOf(look, 'table-row', 'min-row-height'))
  const height = exact ?? least
  return makeElement('trPr', {}, [
    height === undefined
      ? undefined
      : makeElement('trHeight', {
          val: twips(height),
          hRule: exact === undefined ? 'atLeast' : 'exact',
        }),
    isHead ? makeElement('tblHeader') : undefined,
    valueOf(look, 'table-row', 'keep-together') === 'always' ? makeElement('cantSplit') : undefined,
  ])
}

function writeCell(
  cell: Element,
  {
    columns,
    rows,
    width,
    style,
  }: {
    readonly columns: number
    readonly rows: number
    readonly width: number
    readonly style: string | undefined
  },
  context: OdtContext,
  writeBlocks: WriteBlocks,
): Element {
  const look = context.styles.look('table-cell', style)
  const shading = toHex(valueOf(look, 'table-cell', 'background-color'))
  const vertical = VERTICALS.get(valueOf(look, 'table-cell', 'vertical-align') ?? '')
  const borders = SIDES.flatMap((side) => {
    const border = borderOf(look, 'table-cell', side)
    return border === undefined ? [] : [writeBorder(side, border, undefined)]
  })
  const margins = SIDES.map((side) =>
    makeElement(side, { w: twips(paddingOf(look, 'table-cell', side) ?? 0), type: 'dxa' }),
  )
  const inner = SIDES.reduce(
    (sum, side) => sum - (/left|right/.test(side) ? (paddingOf(look, 'table-cell', side) ?? 0) : 0),
    width,
  )
  const within = { ...context, room: Math.max(1, inner), level: context.level + 1 }
  const blocks = context.level < MOST_LEVELS ? writeBlocks(cellBlocks(cell), within) : []
  return makeElement('tc', {}, [
    makeElement('tcPr', {}, [
      columns > 1 ? makeElement('gridSpan', { val: String(columns) }) : undefined,
      rows > 1 ? makeElement('vMerge', { val: 'restart' }) : undefined,
      borders.length > 0 ? makeElement('tcBorders', {}, borders) : undefined,
      shading === undefined ? undefined : makeElement('shd', { val: 'clear', fill: shading }),
      makeElement('tcMar', {}, margins),
      vertical === undefined ? undefined : makeElement('vAlign', { val: vertical }),
    ]),
    ...(blocks.length > 0 ? blocks : [makeElement('p')]),
  ])
}

/** A cell that is divided has a table for that. */
function cellBlocks(cell: Element): readonly Element[] {
  const inner = childOf(cell, 'table')
  return inner !== undefined && cell.children.length === 1 ? [inner] : cell.children
}
