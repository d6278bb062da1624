import { type Attributes, readAttribute } from '../../../../packages/markup.ts'
import type { Package } from '../../../../packages/package.ts'
import { readOdfCharacters, readRepeats } from '../../../text/odf-text.ts'
import { type CellRange, MOST_COLUMNS, MOST_ROWS } from '../../../text/xlsx-places.ts'
import { attributeOf, type Element } from '../../element.ts'
import { toPoints } from '../../odf/measures.ts'
import { createOdfStyles, type Look, type OdfStyles, valueOf } from '../../odf/styles.ts'
import { createTreeBuilder } from '../../odf/tree-builder.ts'
import type { LookChange } from '../cell-look.ts'
import type { RichRun, SheetCell, SheetContents } from '../sheet-contents.ts'
import { createOdsLooks, type OdsLooks } from './cell-looks.ts'
import { readCellRanges } from './cell-ranges.ts'
import { createLineCollector, type LineFormats } from './line-formats.ts'
import { readOdsConditions } from './ods-conditions.ts'
import { readOdsValue } from './ods-value.ts'

/** As many cells are kept of all sheets, more than the pages of a document have that anybody looks at. */
const MOST_CELLS = 200_000

/** As many sheets, and as many merged cells and objects of a sheet. */
const MOST_SHEETS = 1000
const MOST_MERGES = 50_000
const MOST_OBJECTS = 500

/** As many cells without a value are kept of those that are alike; more are fills of whole rows and columns. */
const MOST_BLANKS = 50_000

/** As many letters are kept of a cell. */
const MOST_LETTERS = 32_767

/** As many equal rows and columns at the end of a sheet are those that nobody has touched. */
const REST = { rows: 1000, columns: 100 }

/** What of a document is not on its pages. */
const SKIPPED: ReadonlySet<string> = new Set(
  'tracked-changes annotation annotation-end ruby-text forms scripts'.split(' '),
)

/** What may lie on a sheet. */
const SHAPES: ReadonlySet<string> = new Set(
  'frame custom-shape rect ellipse circle line polyline polygon regular-polygon path connector g measure caption control'.split(
    ' ',
  ),
)

/** Something that lies on a sheet, from a cell on, or from the beginning of the sheet. */
export interface OdsObject {
  readonly shape: Element
  readonly cell: { readonly row: number; readonly column: number } | undefined
}

/** What a document says of a sheet itself. */
export interface OdsSheet {
  readonly name: string
  readonly isHidden: boolean
  /** The name of its master page. */
  readonly master: string | undefined
  readonly contents: Pick<SheetContents, 'cells' | 'merges' | 'conditions' | 'isRightToLeft'>
  readonly rows: LineFormats
  readonly columns: LineFormats
  readonly areas: readonly CellRange[]
  readonly objects: readonly OdsObject[]
}

/** What is on the sheets of a document. */
export interface OdsWorkbook {
  readonly sheets: readonly OdsSheet[]
  readonly looks: OdsLooks
  /** What conditions change of looks, by number. */
  readonly changes: readonly LookChange[]
  readonly styles: OdfStyles
  /** Those of its styles that its program has made. */
  readonly made: Element
}

/**
 * Reads the sheets of an OpenDocument file. Of what is more than pages show, the beginning is kept.
 *
 * @param common - the part with the styles that have names
 * @throws {@link OperationError} when it is damaged
 */
export async function readOds(parts: Package, common: Element | undefined): Promise<OdsWorkbook> {
  const tree = createTreeBuilder()
  const before: Element[] = []
  const made = { name: '', attributes: {}, children: before, text: '' }
  let reader: ReturnType<typeof createSheetReader> | undefined
  const start = (): ReturnType<typeof createSheetReader> =>
    createSheetReader(createOdfStyles(common, made))

  await parts.parse(
    'content.xml',
    {
      open(name, attributes) {
        const isStyles = name === 'font-face-decls' || name === 'automatic-styles'
        const isTree = reader ? reader.isTree(name) : isStyles
        if (tree.isOpen() || isTree) return tree.open(name, attributes)
        if (name === 'table') reader ??= start()
        reader?.open(name, attributes)
      },
      close(name) {
        if (!tree.isOpen()) return reader?.close(name)
        const built = tree.close()
        if (built === undefined) return
        if (reader) reader.add(built)
        else before.push(built)
      },
      text(text) {
        if (tree.isOpen()) tree.text(text)
        else reader?.text(text)
      },
    },
    SKIPPED,
  )
  return { ...(reader ?? start()).workbook(), made }
}

function createSheetReader(styles: OdfStyles) {
  const looks = createOdsLooks(styles)
  const shows = new Map<number, boolean>()
  const changes: LookChange[] = []
  const changeNumbers = new Map<string | undefined, number>()
  const sheets: OdsSheet[] = []
  let cellsLeft = MOST_CELLS
  let sheet: OpenSheet | undefined
  let row: OpenRow | undefined
  let cell: OpenCell | undefined

  function showsAlone(look: number): boolean {
    const known = shows.get(look)
    if (known !== undefined) return known
    const { fill, borders } = looks.looks[look] ?? {}
    const isSeen = fill !== undefined || Object.values(borders ?? {}).some((each) => each)
    shows.set(look, isSeen)
    return isSeen
  }

  function changeOf(style: string | undefined): number {
    const known = changeNumbers.get(style)
    if (known !== undefined) return known
    changes.push(looks.changeOf(style))
    changeNumbers.set(style, changes.length - 1)
    return changes.length - 1
  }

  function openSheet(attributes: Attributes): void {
    const look = styles.look('table', readAttribute(attributes, 'style-name'))
    const [style] = styles.chain('table', readAttribute(attributes, 'style-name'))
    const isHidden =
      valueOf(look, 'table', 'display') === 'false' ||
      readAttribute(attributes, 'print') === 'false'
    sheet = {
      name: readAttribute(attributes, 'name') ?? '',
      isHidden,
      master: attributeOf(style, 'master-page-name'),
      isRightToLeft: valueOf(look, 'table', 'writing-mode')?.startsWith('rl') === true,
      areas: readCellRanges(readAttribute(attributes, 'print-ranges')),
      rows: createLineCollector(MOST_ROWS),
      columns: createLineCollector(MOST_COLUMNS),
      columnLooks: [],
      cells: [],
      merges: [],
      conditions: [],
      objects: [],
      inTitleRows: false,
      inTitleColumns: false,
    }
  }

  function closeSheet({ rows, columns, ...open }: OpenSheet): void {
    const { cells, merges, conditions, isRightToLeft } = open
    const { name, isHidden, master, areas, objects } = open
    if (sheets.length >= MOST_SHEETS) return
    sheets.push({
      name,
      isHidden,
      master,
      areas,
      objects,
      contents: { cells, merges, conditions, isRightToLeft },
      rows: rows.finish(REST.rows),
      columns: columns.finish(REST.columns),
    })
  }

  function addColumn(open: OpenSheet, attributes: Attributes): void {
    const count = readRepeats(attributes, 'number-columns-repeated', MOST_COLUMNS)
    const look = looks.numberOf(readAttribute(attributes, 'default-cell-style-name'))
    open.columnLooks.push({ end: open.columns.next() + count, look })
    open.columns.add({
      ...readLine(styles.look('table-column', readAttribute(attributes, 'style-name')), attributes),
      count,
      look,
      isTitle: open.inTitleColumns,
    })
  }

  function openRow({ rows }: OpenSheet, attributes: Attributes): void {
    const style = readAttribute(attributes, 'default-cell-style-name')
    row = {
      attributes,
      first: rows.next(),
      count: readRepeats(attributes, 'number-rows-repeated', MOST_ROWS),
      look: style === undefined ? undefined : looks.numberOf(style),
      cells: [],
      column: 0,
      columnAt: 0,
    }
  }

  function closeRow(open: OpenSheet, { attributes, first, count, look, cells }: OpenRow): void {
    const style = styles.look('table-row', readAttribute(attributes, 'style-name'))
    open.rows.add({ ...readLine(style, attributes), count, look, isTitle: open.inTitleRows })
    const isBlank = cells.every(({ value }) => value === undefined)
    const times = isBlank && cells.length * count > MOST_BLANKS ? 0 : count
    for (let nth = 0; nth < times && first + nth < MOST_ROWS; nth += 1) {
      for (const each of cells) {
        if (cellsLeft === 0) return
        cellsLeft -= 1
        open.cells.push({ ...each, row: first + nth })
      }
      if (cells.length === 0) break
    }
  }

  /** The look that a column has for cells that say nothing. */
  function columnLook({ columnLooks }: OpenSheet, open: OpenRow, column: number): number {
    // Cells come in their order, so that nothing before is asked for again.
    while (column >= (columnLooks[open.columnAt]?.end ?? Infinity)) open.columnAt += 1
    return columnLooks[open.columnAt]?.look ?? 0
  }

  function closeCell(inSheet: OpenSheet, inRow: OpenRow, open: OpenCell): void {
    const { attributes, runs, lines } = open
    const count = readRepeats(attributes, 'number-columns-repeated', MOST_COLUMNS)
    const first = inRow.column
    inRow.column = first + count
    if (open.isCovered) return
    const value = readOdsValue(attributes, runs)
    const style = readAttribute(attributes, 'style-name')
    const breaksLines = lines > 1
    const own =
      style === undefined && !breaksLines ? inRow.look : looks.numberOf(style, breaksLines)
    addMerge(inSheet, inRow, first, attributes)
    if (value === undefined && (own === undefined || !showsAlone(own))) return
    if (value === undefined && count > MOST_BLANKS / 50) return
    for (let nth = 0; nth < count && first + nth < MOST_COLUMNS; nth += 1) {
      if (inRow.cells.length > cellsLeft) return
      const column = first + nth
      const look = own ?? columnLook(inSheet, inRow, column)
      inRow.cells.push({ row: inRow.first, column, look, value })
    }
  }

  function addMerge(
    { merges }: OpenSheet,
    { first: top }: OpenRow,
    left: number,
    attributes: Attributes,
  ): void {
    const bottom = top + readRepeats(attributes, 'number-rows-spanned', MOST_ROWS - top) - 1
    const right = left + readRepeats(attributes, 'number-columns-spanned', MOST_COLUMNS - left) - 1
    if ((bottom > top || right > left) && merges.length < MOST_MERGES) {
      merges.push({ top, bottom, left, right })
    }
  }

  function addText(open: OpenCell, text: string): void {
    const kept = text.slice(0, MOST_LETTERS - open.letters)
    if (kept === '') return
    open.letters += kept.length
    const font = looks.lettersOf(open.spans.at(-1))
    const last = open.runs.at(-1)
    if (last !== undefined && last.font === undefined && font === undefined) {
      open.runs.splice(-1, 1, { text: last.text + kept })
    } else open.runs.push({ text: kept, font })
  }

  return {
    /** Whether an element is kept as a tree. */
    isTree(name: string): boolean {
      if (sheet === undefined) return false
      return (
        SHAPES.has(name) ||
        name === 'conditional-formats' ||
        (cell !== undefined && name === 'table')
      )
    },
    /** Takes such a tree. */
    add(element: Element): void {
      if (sheet === undefined) return
      if (element.name === 'conditional-formats') {
        sheet.conditions.push(...readOdsConditions(element, changeOf))
      } else if (SHAPES.has(element.name) && sheet.objects.length < MOST_OBJECTS) {
        const at = cell && row ? { row: row.first, column: row.column } : undefined
        sheet.objects.push({ shape: element, cell: at })
      }
    },
    open(name: string, attributes: Attributes): void {
      if (name === 'table') return openSheet(attributes)
      if (sheet === undefined) return
      if (cell !== undefined) {
        if (name === 'p') {
          if (cell.lines > 0) addText(cell, '\n')
          cell.lines += 1
          cell.inParagraph = true
        }
        if (name === 'span') cell.spans.push(readAttribute(attributes, 'style-name'))
        if (name === 'line-break') {
          addText(cell, '\n')
          cell.lines += 1
        }
        if (cell.inParagraph) addText(cell, readOdfCharacters(name, attributes))
        return
      }
      if (name === 'table-header-rows') sheet.inTitleRows = true
      if (name === 'table-header-columns') sheet.inTitleColumns = true
      if (name === 'table-column') addColumn(sheet, attributes)
      if (name === 'table-row') openRow(sheet, attributes)
      if (isCell(name)) {
        const isCovered = name === 'covered-table-cell'
        cell = {
          attributes,
          isCovered,
          runs: [],
          spans: [],
          lines: 0,
          letters: 0,
          inParagraph: false,
        }
      }
    },
    close(name: string): void {
      if (sheet === undefined) return
      if (name === 'table') {
        closeSheet(sheet)
        sheet = undefined
        return
      }
      if (name === 'p' && cell) cell.inParagraph = false
      if (name === 'span') cell?.spans.pop()
      if (name === 'table-header-rows') sheet.inTitleRows = false
      if (name === 'table-header-columns') sheet.inTitleColumns = false
      if (isCell(name) && cell && row) closeCell(sheet, row, cell)
      if (isCell(name)) cell = undefined
      if (name === 'table-row' && row) {
        closeRow(sheet, row)
        row = undefined
      }
    },
    text(text: string): void {
      if (cell?.inParagraph) addText(cell, text.replaceAll(/\s+/g, ' '))
    },
    workbook(): Omit<OdsWorkbook, 'made'> {
      return { sheets, looks, changes, styles }
    },
  }
}

interface OpenSheet {
  readonly name: string
  readonly isHidden: boolean
  readonly master: string | undefined
  readonly isRightToLeft: boolean
  readonly areas: readonly CellRange[]
  readonly rows: ReturnType<typeof createLineCollector>
  readonly columns: ReturnType<typeof createLineCollector>
  /** The looks of columns that follow each other, and in front of which each ends. */
  readonly columnLooks: { readonly end: number; readonly look: number }[]
  readonly cells: SheetCell[]
  readonly merges: CellRange[]
  readonly conditions: SheetContents['conditions'][number][]
  readonly objects: OdsObject[]
  inTitleRows: boolean
  inTitleColumns: boolean
}

interface OpenRow {
  readonly attributes: Attributes
  readonly first: number
  readonly count: number
  readonly look: number | undefined
  readonly cells: SheetCell[]
  column: number
  /** Which of the looks of columns was asked for last. */
  columnAt: number
}

interface OpenCell {
  readonly attributes: Attributes
  readonly isCovered: boolean
  readonly runs: RichRun[]
  /** The styles of the letters that are open. */
  readonly spans: (string | undefined)[]
  lines: number
  letters: number
  inParagraph: boolean
}

function isCell(name: string): boolean {
  return name === 'table-cell' || name === 'covered-table-cell'
}

/** What a row or a column says of itself. */
function readLine(look: Look, attributes: Attributes) {
  const visibility = readAttribute(attributes, 'visibility') ?? 'visible'
  const size =
    valueOf(look, 'table-column', 'column-width') ?? valueOf(look, 'table-row', 'row-height')
  const breaks =
    valueOf(look, 'table-column', 'break-before') ?? valueOf(look, 'table-row', 'break-before')
  const points = toPoints(size)
  return {
    size: points === undefined || points < 0 ? undefined : points,
    isHidden: visibility !== 'visible',
    breaksBefore: breaks === 'page',
  }
}
