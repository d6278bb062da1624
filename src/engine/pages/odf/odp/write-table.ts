import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { borderOf, paddingOf, SIDES, type Side } from '../borders.ts'
import { solidFill, writeFill } from '../drawing/fill.ts'
import { emu, toNumber, toPoints } from '../measures.ts'
import { cellStyle, columnsOf, rowsOf } from '../odt/write-table.ts'
import { joinLooks, type Look, valueOf } from '../styles.ts'
import type { SlideContext } from './slide-context.ts'
import { writeParagraphs } from './write-text.ts'

/** More cells than a slide shows. */
const MOST_CELLS = 6000

const LINES: Readonly<Record<Side, string>> = {
  left: 'lnL',
  top: 'lnT',
  right: 'lnR',
  bottom: 'lnB',
}

const ANCHORS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ middle: 'ctr', bottom: 'b' }),
)

/** Where a cell is, and in how large a table. */
interface CellPlace {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

/** Writes a table of a slide (OpenDocument 1.3, part 3, 9) as a slide of PowerPoint has it. */
export function writeSlideTable(table: Element, context: SlideContext): Element {
  const { styles } = context
  const columns = columnsOf(table)
  const rows = [...rowsOf(table)].slice(0, Math.ceil(MOST_CELLS / Math.max(1, columns.length)))
  const widthOf = (column: Element): number => {
    const look = styles.look('table-column', attributeOf(column, 'style-name'))
    return toPoints(valueOf(look, 'table-column', 'column-width')) ?? 72
  }
  const lookAt = createTemplate(table, context)
  return makeElement('tbl', {}, [
    makeElement('tblPr'),
    makeElement(
      'tblGrid',
      {},
      columns.map((column) => makeElement('gridCol', { w: emu(widthOf(column)) })),
    ),
    ...rows.map(({ element }, row) => {
      const look = styles.look('table-row', attributeOf(element, 'style-name'))
      const height =
        toPoints(valueOf(look, 'table-row', 'row-height')) ??
        toPoints(valueOf(look, 'table-row', 'min-row-height')) ??
        0
      const cells = cellsOf(element, columns.length)
      return makeElement(
        'tr',
        { h: emu(height) },
        cells.map((cell, column) => {
          const place = { row, column, rows: rows.length, columns: columns.length }
          const style = cellStyle(cell, element, columns[column])
          return writeCell(cell, style, lookAt(place), context)
        }),
      )
    }),
  ])
}

function cellsOf(row: Element, columns: number): readonly Element[] {
  const cells: Element[] = []
  for (const cell of row.children) {
    if (!/^(covered-)?table-cell$/.test(cell.name)) continue
    const count = Math.max(
      1,
      Math.trunc(toNumber(attributeOf(cell, 'number-columns-repeated')) ?? 1),
    )
    for (let nth = 0; nth < count && cells.length < columns; nth += 1) cells.push(cell)
  }
  return cells
}

/** What each part of a template is for, the first being above those behind it. */
const PARTS: readonly (readonly [
  part: string,
  flag: string,
  isIn: (place: CellPlace) => boolean,
])[] = [
  ['first-row', 'use-first-row-styles', ({ row }) => row === 0],
  ['last-row', 'use-last-row-styles', ({ row, rows }) => row === rows - 1],
  ['first-column', 'use-first-column-styles', ({ column }) => column === 0],
  ['last-column', 'use-last-column-styles', ({ column, columns }) => column === columns - 1],
  ['odd-rows', 'use-banding-rows-styles', ({ row }) => row % 2 === 1],
  ['even-rows', 'use-banding-rows-styles', ({ row }) => row % 2 === 0],
  ['odd-columns', 'use-banding-columns-styles', ({ column }) => column % 2 === 1],
  ['even-columns', 'use-banding-columns-styles', ({ column }) => column % 2 === 0],
  ['body', '', () => true],
]

/** Makes what tells how cells look by the template of a table. */
function createTemplate(table: Element, { styles }: SlideContext): (place: CellPlace) => Look {
  const template = styles.named('table-template', attributeOf(table, 'template-name'))
  const base = styles.look('table-cell', undefined)
  return (place) =>
    PARTS.toReversed().reduce((sum, [part, flag, isIn]) => {
      const isUsed = flag === '' || attributeOf(table, flag) === 'true'
      const style = attributeOf(childOf(template, part), 'style-name')
      if (!isUsed || style === undefined || !isIn(place)) return sum
      return joinLooks(sum, styles.look('table-cell', style))
    }, base)
}

function writeCell(
  cell: Element,
  style: string | undefined,
  under: Look,
  context: SlideContext,
): Element {
  const { styles } = context
  if (cell.name === 'covered-table-cell') {
    return makeElement('tc', { hMerge: '1' }, [writeBody([])])
  }
  const look = style === undefined ? under : joinLooks(under, styles.look('table-cell', style))
  const ground = { look, ofLevel: () => look, list: undefined }
  const spans = (name: string): string | undefined => attributeOf(cell, name)
  const inset = (side: Side): string => emu(paddingOf(look, 'graphic', side) ?? 0)
  const anchor = ANCHORS.get(
    valueOf(look, 'graphic', 'textarea-vertical-align') ??
      valueOf(look, 'table-cell', 'vertical-align') ??
      '',
  )
  return makeElement(
    'tc',
    {
      gridSpan: spans('number-columns-spanned'),
      rowSpan: spans('number-rows-spanned'),
    },
    [
      writeBody(writeParagraphs(cell.children, ground, context)),
      makeElement(
        'tcPr',
        {
          marL: inset('left'),
          marR: inset('right'),
          marT: inset('top'),
          marB: inset('bottom'),
          anchor,
        },
        [...SIDES.map((side) => writeEdge(side, look)), writeFill(look, context, {})],
      ),
    ],
  )
}

/** A cell without a paragraph has no text. */
function writeBody(paragraphs: readonly Element[]): Element {
  return makeElement('txBody', {}, [makeElement('bodyPr'), ...paragraphs])
}

function writeEdge(side: Side, look: Look): Element | undefined {
  const border = borderOf(look, 'paragraph', side) ?? borderOf(look, 'table-cell', side)
  if (border === undefined) return undefined
  if (border === 'none') return makeElement(LINES[side], {}, [makeElement('noFill')])
  return makeElement(LINES[side], { w: emu(border.width) }, [solidFill(border.colour)])
}
