import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'
import { changeBorder, type RtfBorder, type RtfTables, writeRtfBorders } from './rtf-looks.ts'

/** What is said of a cell before its text; places are in twentieths of a point. */
interface CellLook {
  end: number
  ground: number
  vertical: string | undefined
  /** Whether it goes on beside, or below, where another one begins. */
  isMergedAcross: boolean
  merge: 'begins' | 'goes on' | undefined
  readonly borders: Map<string, RtfBorder>
  /** What is between it and its text, by its sides. */
  readonly padding: Map<string, number>
}

/** What is said of a row. */
export interface RowLook {
  left: number
  gap: number
  height: number
  align: string | undefined
  isHead: boolean
  readonly cells: CellLook[]
  /** The cell that is being told of, and the sides of which a border is. */
  cell: CellLook
  sides: readonly string[]
}

/** A row, with the blocks of its cells. */
export interface RtfRow {
  readonly look: RowLook
  readonly cells: readonly (readonly Element[])[]
}

/** Word has 63 columns. */
const MOST_CELLS = 63

function newCell(): CellLook {
  return {
    end: 0,
    ground: 0,
    vertical: undefined,
    isMergedAcross: false,
    merge: undefined,
    borders: new Map(),
    padding: new Map(),
  }
}

/** A row that nothing is said of. */
export function newRow(): RowLook {
  return {
    left: 0,
    gap: 108,
    height: 0,
    align: undefined,
    isHead: false,
    cells: [],
    cell: newCell(),
    sides: [],
  }
}

const SIDES: ReadonlyMap<string, string> = new Map([
  ['clbrdrt', 'top'],
  ['clbrdrb', 'bottom'],
  ['clbrdrl', 'left'],
  ['clbrdrr', 'right'],
])

/** The words for the left and the top of a cell are each other's, as programs have ever written them. */
const PADDING: ReadonlyMap<string, string> = new Map([
  ['clpadt', 'left'],
  ['clpadl', 'top'],
  ['clpadr', 'right'],
  ['clpadb', 'bottom'],
])

/** Takes a control word that is about a row; others are passed over. */
export function changeRow(row: RowLook, word: string, parameter = 0): void {
  const { cell } = row
  const side = SIDES.get(word)
  if (side !== undefined) row.sides = [side]
  // What is said of the row itself, and of paragraphs, is of no cell.
  if (/^(?:trbrdr|brdr[tblr]$|box$)/.test(word)) row.sides = []
  for (const each of row.sides) {
    const border = changeBorder(cell.borders.get(each), word, parameter)
    if (border !== undefined) cell.borders.set(each, border)
  }
  const padded = PADDING.get(word)
  if (padded !== undefined) cell.padding.set(padded, Math.max(0, parameter))
  if (word === 'clcbpat') cell.ground = parameter
  if (word === 'clvertalc') cell.vertical = 'center'
  if (word === 'clvertalb') cell.vertical = 'bottom'
  if (word === 'clmrg') cell.isMergedAcross = true
  if (word === 'clvmgf') cell.merge = 'begins'
  if (word === 'clvmrg') cell.merge = 'goes on'
  if (word === 'cellx' && row.cells.length < MOST_CELLS) {
    row.cells.push({ ...cell, end: parameter })
    row.cell = newCell()
    row.sides = []
  }
  if (word === 'trleft') row.left = parameter
  if (word === 'trgaph') row.gap = Math.max(0, parameter)
  if (word === 'trrh') row.height = parameter
  if (word === 'trqc') row.align = 'center'
  if (word === 'trqr') row.align = 'right'
  if (word === 'trhdr') row.isHead = true
}

/** Writes rows as a table of Word, whose columns end wherever a cell of any does. */
export function writeRtfTable(rows: readonly RtfRow[], tables: RtfTables): Element {
  const [first] = rows
  const left = first?.look.left ?? 0
  const ends = new Set(rows.flatMap(({ look }) => look.cells.map(({ end }) => end)))
  const edges = [...ends]
    .filter((end) => end > left)
    .toSorted((one, other) => one - other)
    .slice(0, MOST_CELLS)
  const widths = edges.map((edge, index) => edge - (edges[index - 1] ?? left))
  const gap = first?.look.gap ?? 0
  return makeElement('tbl', {}, [
    makeElement('tblPr', {}, [
      makeElement('tblLayout', { type: 'fixed' }),
      makeElement('tblInd', { w: String(left), type: 'dxa' }),
      first?.look.align === undefined ? undefined : makeElement('jc', { val: first.look.align }),
      makeElement(
        'tblCellMar',
        {},
        ['left', 'right'].map((side) => makeElement(side, { w: String(gap), type: 'dxa' })),
      ),
    ]),
    makeElement(
      'tblGrid',
      {},
      widths.map((width) => makeElement('gridCol', { w: String(width) })),
    ),
    ...rows.map((row) => writeRow(row, edges, tables)),
  ])
}

function writeRow({ look, cells }: RtfRow, edges: readonly number[], tables: RtfTables): Element {
  let column = 0
  const written: Element[] = []
  for (let at = 0; at < Math.max(look.cells.length, 1); at += 1) {
    const own = look.cells[at]
    let end = own?.end ?? edges.at(-1) ?? 0
    const blocks = cells[at] ?? []
    // Cells that go on beside this one belong to it.
    while (look.cells[at + 1]?.isMergedAcross === true) {
      at += 1
      end = look.cells[at]?.end ?? end
    }
    const reached = edges.findIndex((edge) => edge >= end)
    const next = Math.max(column + 1, (reached < 0 ? edges.length - 1 : reached) + 1)
    written.push(writeCell(own, { blocks, columns: next - column }, tables))
    column = next
  }
  return makeElement('tr', {}, [
    makeElement('trPr', {}, [
      look.height === 0
        ? undefined
        : makeElement('trHeight', {
            val: String(Math.abs(look.height)),
            hRule: look.height < 0 ? 'exact' : 'atLeast',
          }),
      look.isHead ? makeElement('tblHeader') : undefined,
    ]),
    ...written,
  ])
}

function writeCell(
  cell: CellLook | undefined,
  { blocks, columns }: { readonly blocks: readonly Element[]; readonly columns: number },
  tables: RtfTables,
): Element {
  const ground = cell === undefined || cell.ground === 0 ? undefined : tables.colour(cell.ground)
  return makeElement('tc', {}, [
    makeElement('tcPr', {}, [
      columns > 1 ? makeElement('gridSpan', { val: String(columns) }) : undefined,
      cell?.merge === undefined
        ? undefined
        : makeElement('vMerge', { val: cell.merge === 'begins' ? 'restart' : undefined }),
      writeRtfBorders('tcBorders', cell?.borders ?? new Map<string, RtfBorder>(), tables),
      ground === undefined ? undefined : makeElement('shd', { val: 'clear', fill: ground }),
      cell === undefined || cell.padding.size === 0 ? undefined : writePadding(cell.padding),
      cell?.vertical === undefined ? undefined : makeElement('vAlign', { val: cell.vertical }),
    ]),
    ...(blocks.length > 0 ? blocks : [makeElement('p')]),
  ])
}

function writePadding(padding: ReadonlyMap<string, number>): Element {
  return makeElement(
    'tcMar',
    {},
    Array.from(padding, ([side, width]) => makeElement(side, { w: String(width), type: 'dxa' })),
  )
}
