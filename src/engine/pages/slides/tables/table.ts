import { moved } from '../../drawing/moved.ts'
import type { PageMark } from '../../drawing/page.ts'
import { rectangle } from '../../drawing/shapes.ts'
import { attributeOf, childOf, childrenOf, type Element } from '../../element.ts'
import { findColour } from '../colours/read-colour.ts'
import type { DrawingTools } from '../drawing-tools.ts'
import { flagOf, numberOf, pointsOf } from '../drawing-values.ts'
import { type Fill, findFill } from '../fills.ts'
import { makeElement } from '../make-element.ts'
import { type Outline, readOutline } from '../outlines.ts'
import { paintFill, paintOutline } from '../paint.ts'
import { themeFill } from '../shape-look.ts'
import { setTextBox, type TextBoxLook } from '../text/text-box.ts'
import { type LevelStyle, lettersStyle, listStyle } from '../text/text-style.ts'
import { type CellPlace, type CellStyles, createCellStyles } from './table-style.ts'

/** As many columns and cells are drawn; PowerPoint makes up to 75 of each other. */
const MOST_COLUMNS = 100
const MOST_CELLS = 6000

const NO_FILL: Fill = { kind: 'none' }

interface Cell extends CellPlace {
  readonly element: Element
  readonly rowSpan: number
  readonly columnSpan: number
  readonly styles: CellStyles
}

/** Draws a table (ECMA-376, part 1, 21.1.3) that has its upper left at 0. */
export function drawTable(
  table: Element,
  { width }: { readonly width: number },
  tools: DrawingTools,
): PageMark[] {
  const grid = childrenOf(childOf(table, 'tblGrid'), 'gridCol')
  const told = grid.slice(0, MOST_COLUMNS).map((column) => Math.max(0, pointsOf(column, 'w') ?? 0))
  const sum = sumOf(told)
  const widths = sum > 0 ? told : told.map(() => width / told.length)
  const rows = childrenOf(table, 'tr').slice(0, Math.floor(MOST_CELLS / Math.max(1, widths.length)))
  const cells = cellsOf(table, rows, widths.length, tools)
  const heights = heightsOf(rows, cells, widths, tools)
  const lefts = edgesOf(widths)
  const tops = edgesOf(heights)
  const boxed = cells.map((cell) => {
    const [x, y] = [lefts[cell.column] ?? 0, tops[cell.row] ?? 0]
    const right = lefts[cell.column + cell.columnSpan] ?? x
    const bottom = tops[cell.row + cell.rowSpan] ?? y
    return { cell, box: { x, y, width: right - x, height: bottom - y } }
  })
  return [
    ...boxed.flatMap(({ cell, box }) => paintFill(rectangle(box), fillOf(cell, tools), box)),
    ...boxed.flatMap(({ cell, box }) => [moved(textOf(cell, box, tools).marks, box.x, box.y)]),
    ...boxed.flatMap(({ cell, box }) => bordersOf(cell, box, tools)),
  ]
}

function cellsOf(
  table: Element,
  rows: readonly Element[],
  columns: number,
  { deck }: DrawingTools,
): Cell[] {
  const stylesOf = createCellStyles(table, deck)
  return rows.flatMap((element, row) =>
    childrenOf(element, 'tc')
      .slice(0, columns)
      .flatMap((cell, column): Cell[] => {
        if (flagOf(cell, 'hMerge') === true || flagOf(cell, 'vMerge') === true) return []
        const place = { row, column, rows: rows.length, columns }
        const span = (name: string, most: number): number =>
          Math.min(most, Math.max(1, Math.trunc(numberOf(cell, name) ?? 1)))
        return [
          {
            ...place,
            element: cell,
            rowSpan: span('rowSpan', rows.length - row),
            columnSpan: span('gridSpan', columns - column),
            styles: stylesOf(place),
          },
        ]
      }),
  )
}

/** Rows are as high as they say, and as the texts in them. */
function heightsOf(
  rows: readonly Element[],
  cells: readonly Cell[],
  widths: readonly number[],
  tools: DrawingTools,
): number[] {
  const heights = rows.map((row) => Math.max(0, pointsOf(row, 'h') ?? 0))
  // Those over several rows make the last of them higher, if all are not high enough.
  for (const cell of cells.toSorted((one, other) => one.rowSpan - other.rowSpan)) {
    const width = sumOf(widths.slice(cell.column, cell.column + cell.columnSpan))
    const { height } = textOf(cell, { width, height: 0 }, tools)
    const last = cell.row + cell.rowSpan - 1
    const above = sumOf(heights.slice(cell.row, last))
    heights[last] = Math.max(heights[last] ?? 0, height - above)
  }
  return heights
}

function sumOf(lengths: readonly number[]): number {
  return lengths.reduce((all, each) => all + each, 0)
}

function edgesOf(lengths: readonly number[]): number[] {
  const edges = [0]
  for (const length of lengths) edges.push((edges.at(-1) ?? 0) + length)
  return edges
}

function fillOf({ element, styles }: Cell, { part, theme }: DrawingTools): Fill {
  const own = findFill(childOf(element, 'tcPr'), part)
  if (own !== undefined) return own
  for (const style of styles) {
    const cell = childOf(style, 'tcStyle')
    const fill =
      findFill(childOf(cell, 'fill'), part) ??
      themeFill(childOf(cell, 'fillRef'), { context: part, theme })
    if (fill !== undefined) return fill
  }
  return NO_FILL
}

function textOf(
  { element, styles }: Cell,
  box: { readonly width: number; readonly height: number },
  { part, theme, slideNumber, deck, fonts }: DrawingTools,
): ReturnType<typeof setTextBox> {
  const body = childOf(element, 'txBody')
  if (body === undefined) return { marks: [], height: 0 }
  const levels: readonly LevelStyle[] = [
    listStyle(childOf(body, 'lstStyle')),
    ...styles.flatMap((style) => lettersOf(childOf(style, 'tcTxStyle'))),
    listStyle(deck.textStyle),
  ]
  const context = { context: part, theme, styles: levels, slideNumber }
  return setTextBox(body, lookOf(childOf(element, 'tcPr')), box, { fonts, context })
}

function lettersOf(style: Element | undefined): LevelStyle[] {
  if (style === undefined) return []
  const colour = style.children.filter(({ name }) => name.endsWith('Clr'))
  const fill = makeElement('solidFill', {}, colour)
  const flags = ['b', 'i'].flatMap((name) => {
    const value = attributeOf(style, name)
    return value === 'on' || value === 'off' ? [[name, value === 'on' ? '1' : '0'] as const] : []
  })
  return [lettersStyle(Object.fromEntries(flags), colour.length === 0 ? [] : [fill])]
}

function lookOf(properties: Element | undefined): TextBoxLook {
  const anchor = attributeOf(properties, 'anchor')
  const direction = attributeOf(properties, 'vert') ?? 'horz'
  const inset = (name: string, otherwise: number): number => pointsOf(properties, name) ?? otherwise
  return {
    insets: {
      left: inset('marL', 7.2),
      top: inset('marT', 3.6),
      right: inset('marR', 7.2),
      bottom: inset('marB', 3.6),
    },
    anchor: anchor === 'ctr' ? 'middle' : anchor === 'b' ? 'bottom' : 'top',
    isCentred: false,
    wraps: true,
    turned: direction === 'vert270' ? 270 : direction === 'horz' ? 0 : 90,
    columns: 1,
    columnGap: 0,
    scale: 1,
    lessSpacing: 0,
    fits: false,
  }
}

/** The edges of a cell: what its own properties and a style call them, and those between cells. */
const SIDES = [
  { own: 'lnL', outer: 'left', inner: 'insideV' },
  { own: 'lnR', outer: 'right', inner: 'insideV' },
  { own: 'lnT', outer: 'top', inner: 'insideH' },
  { own: 'lnB', outer: 'bottom', inner: 'insideH' },
] as const

function bordersOf(
  cell: Cell,
  {
    x,
    y,
    width,
    height,
  }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  tools: DrawingTools,
): PageMark[] {
  const [right, bottom] = [x + width, y + height]
  const lines = {
    lnL: [x, y, x, bottom],
    lnR: [right, y, right, bottom],
    lnT: [x, y, right, y],
    lnB: [x, bottom, right, bottom],
  } as const
  return SIDES.flatMap((side) => {
    const outline = borderOf(cell, side, tools)
    if (outline === undefined) return []
    const [fromX, fromY, toX, toY] = lines[side.own]
    return paintOutline(
      [
        ['M', fromX, fromY],
        ['L', toX, toY],
      ],
      { ...outline, cap: 'square', head: undefined, tail: undefined },
    )
  })
}

function borderOf(
  cell: Cell,
  side: (typeof SIDES)[number],
  { part, theme }: DrawingTools,
): Outline | undefined {
  const own = childOf(childOf(cell.element, 'tcPr'), side.own)
  if (own !== undefined) return readOutline([[own, part]])
  const name = isOuter(cell, side.own) ? side.outer : side.inner
  for (const style of cell.styles) {
    const borders = childOf(childOf(style, 'tcStyle'), 'tcBdr')
    // Parts of a style such as its first row have edges of their own.
    const edge = childOf(borders, style.name === 'wholeTbl' ? name : side.outer)
    const line = childOf(edge, 'ln')
    if (line !== undefined) return readOutline([[line, part]])
    const reference = childOf(edge, 'lnRef')
    const ofTheme = theme.lines[(numberOf(reference, 'idx') ?? 0) - 1]
    if (ofTheme !== undefined) {
      const palette = { ...part.palette, placeholder: findColour(reference, part.palette) }
      return readOutline([[ofTheme, { ...part, palette }]])
    }
  }
  return undefined
}

function isOuter(cell: Cell, side: (typeof SIDES)[number]['own']): boolean {
  switch (side) {
    case 'lnL':
      return cell.column === 0
    case 'lnR':
      return cell.column + cell.columnSpan === cell.columns
    case 'lnT':
      return cell.row === 0
    case 'lnB':
    default:
      return cell.row + cell.rowSpan === cell.rows
  }
}
