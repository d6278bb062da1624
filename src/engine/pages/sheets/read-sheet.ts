import { type Attributes, readAttribute } from '../../../packages/markup.ts'
import type { Package } from '../../../packages/package.ts'
import { isUnanswered } from '../../text/unanswered-formulas.ts'
import type { CellRange } from '../../text/xlsx-places.ts'
import { MOST_COLUMNS, MOST_ROWS, readColumn, readRange } from '../../text/xlsx-places.ts'
import { unescapeString } from '../../text/xlsx-tables.ts'
import type { CellFont } from './cell-look.ts'
import {
  type ConditionedCells,
  readCondition,
  readConditionedCells,
  readPoint,
  type ScalePoint,
  type SheetCondition,
} from './conditions.ts'
import { measureColumns } from './measures.ts'
import { type PrintElements, readPrintSetup } from './print-setup.ts'
import { readSheetColour, type SheetPalette } from './sheet-colours.ts'
import type { CellValue, LineFormat, SheetCell, SheetContents } from './sheet-contents.ts'
import type { WorkbookStyles } from './workbook-styles.ts'

/** As many cells are kept of a sheet, more than any page has. */
const MOST_CELLS = 200_000

/** As many rows that say something of themselves, columns, merged cells, conditions and breaks. */
const MOST_LISTED = 50_000

/** What of a sheet is not drawn, such as how texts are pronounced. */
const SKIPPED: ReadonlySet<string> = new Set(
  'rPh phoneticPr rPr dataValidations hyperlinks ignoredErrors'.split(' '),
)

/** A sheet, whose texts are the numbers of those that sheets share. */
export interface ReadSheet extends Omit<SheetContents, 'cells'> {
  readonly cells: readonly SharedCell[]
  /** How many of its formulas have no value. */
  readonly unanswered: number
  readonly hasSparklines: boolean
}

/** A cell whose text may be one that cells share, by its number. */
export interface SharedCell extends Omit<SheetCell, 'value'> {
  readonly value: CellValue | { readonly kind: 'shared'; readonly index: number } | undefined
}

/**
 * Reads a sheet of cells. Of what is more than pages show, the beginning is kept.
 *
 * @throws {@link OperationError} when it is damaged or not there
 */
export async function readSheet(
  parts: Package,
  part: string,
  { looks, palette, usualFont }: Pick<WorkbookStyles, 'looks' | 'palette' | 'usualFont'>,
): Promise<ReadSheet> {
  const cells = createCellReader(looks)
  const others = createSettingsReader(palette)
  let inRows = false
  let hasSparklines = false
  /** Elements within each other that are for programs that came later. */
  let later = 0
  await parts.parse(
    part,
    {
      open(name, attributes) {
        if (later > 0 || name === 'extLst') {
          later += 1
          if (name === 'sparklineGroup') hasSparklines = true
        } else if (name === 'sheetData') inRows = true
        else if (inRows) cells.open(name, attributes)
        else others.open(name, attributes)
      },
      close(name) {
        if (later > 0) later -= 1
        else if (name === 'sheetData') inRows = false
        else if (inRows) cells.close(name)
        else others.close(name)
      },
      text(text) {
        if (later > 0) return
        if (inRows) cells.text(text)
        else others.text(text)
      },
    },
    SKIPPED,
  )
  return {
    ...toPoints(others.settings(), usualFont),
    ...cells.read,
    unanswered: cells.unanswered(),
    hasSparklines,
  }
}

/** What a sheet says of its columns in points, which a workbook has in letters. */
function toPoints(
  { columns, usualLetters, ...others }: Settings,
  usualFont: CellFont,
): Omit<ReadSheet, 'cells' | 'rows' | 'unanswered' | 'hasSparklines'> {
  const measure = measureColumns(usualFont, usualLetters)
  return {
    ...others,
    usualWidth: measure.usual,
    columns: columns.map((column) => ({
      ...column,
      size: column.size === undefined ? undefined : measure.toPoints(column.size),
    })),
  }
}

type Settings = ReturnType<ReturnType<typeof createSettingsReader>['settings']>

/** Keeps the cells of a sheet that show something, and what its rows say. */
function createCellReader(looks: WorkbookStyles['looks']) {
  const cells: SharedCell[] = []
  const rows: LineFormat[] = []
  const shows = looks.map(
    ({ fill, borders }) => fill !== undefined || Object.values(borders).some((each) => each),
  )
  let row = -1
  let column = -1
  let type = 'n'
  let look = 0
  let value = ''
  let inValue = false
  let isFormula = false
  let unanswered = 0

  function openRow(attributes: Attributes): void {
    row = toIndex(readAttribute(attributes, 'r'), row + 1)
    column = -1
    const height = readAttribute(attributes, 'ht')
    const style = readAttribute(attributes, 's')
    const isHidden = isTrue(readAttribute(attributes, 'hidden'))
    const isStyled = style !== undefined && isTrue(readAttribute(attributes, 'customFormat'))
    if (height === undefined && !isHidden && !isStyled) return
    if (rows.length >= MOST_LISTED) return
    const own = isStyled ? Number(style) : undefined
    rows.push({ first: row, last: row, size: toSize(height), isHidden, look: own })
  }

  function closeCell(): void {
    if (isUnanswered(isFormula, type, value)) unanswered += 1
    const read = readValue(type, value)
    if (read === undefined && !shows[look]) return
    if (cells.length >= MOST_CELLS || row >= MOST_ROWS || column >= MOST_COLUMNS) return
    cells.push({ row, column, look, value: read })
  }

  return {
    read: { cells, rows },
    unanswered: () => unanswered,
    open(name: string, attributes: Attributes): void {
      inValue = name === 'v' || name === 't'
      if (name === 'f') isFormula = true
      if (name === 'row') openRow(attributes)
      if (name !== 'c') return
      column = readColumn(readAttribute(attributes, 'r')) ?? column + 1
      type = readAttribute(attributes, 't') ?? 'n'
      look = Number(readAttribute(attributes, 's') ?? 0)
      value = ''
      isFormula = false
    },
    close(name: string): void {
      inValue = false
      if (name === 'c') closeCell()
    },
    text(text: string): void {
      if (inValue) value += text
    },
  }
}

function readValue(type: string, value: string): SharedCell['value'] {
  if (value === '') return undefined
  if (type === 's') return { kind: 'shared', index: Number(value) }
  if (type === 'b') return { kind: 'truth', text: value.trim() === '1' ? 'TRUE' : 'FALSE' }
  if (type === 'e') return { kind: 'error', text: value }
  const number = Number(value)
  if (type === 'n' && value.trim() !== '' && Number.isFinite(number)) {
    return { kind: 'number', number }
  }
  return { kind: 'text', runs: [{ text: unescapeString(value) }] }
}

/** Keeps what a sheet says besides its cells. */
function createSettingsReader(palette: SheetPalette) {
  const single = new Map<string, Attributes>()
  const columns: LineFormat[] = []
  const merges: CellRange[] = []
  const conditions: SheetCondition[] = []
  const breaks = { row: new Array<number>(), column: new Array<number>() }
  const texts = new Map<string, string>()
  let list: 'row' | 'column' | undefined
  let conditioned: ConditionedCells = { ranges: [] }
  let condition: ReturnType<typeof readCondition> | undefined
  let points: ScalePoint[] = []
  let colours: SheetCondition['colours'] = []
  let formulas: string[] = []
  let text: string | undefined

  function addColumn(attributes: Attributes): void {
    const from = toIndex(readAttribute(attributes, 'min'), 0)
    // They come in their order, and each once.
    const first = Math.max(from, (columns.at(-1)?.last ?? -1) + 1)
    const last = Math.min(MOST_COLUMNS - 1, toIndex(readAttribute(attributes, 'max'), from))
    if (first > last) return
    const style = readAttribute(attributes, 'style')
    columns.push({
      first,
      last,
      size: toSize(readAttribute(attributes, 'width')),
      isHidden: isTrue(readAttribute(attributes, 'hidden')),
      look: style === undefined ? undefined : Number(style),
    })
  }

  function openCondition(name: string, attributes: Attributes): void {
    switch (name) {
      case 'conditionalFormatting':
        conditioned = readConditionedCells(readAttribute(attributes, 'sqref'))
        break
      case 'cfRule':
        condition = readCondition(conditioned, attributes)
        points = []
        colours = []
        formulas = []
        break
      case 'formula':
        text = ''
        break
      case 'cfvo':
        points.push(readPoint(attributes))
        break
      case 'color': {
        const colour = readSheetColour(attributes, palette)
        if (colour) colours = [...colours, colour]
        break
      }
    }
  }

  function attributeOf(element: string, name: string): string | undefined {
    const attributes = single.get(element)
    return attributes && readAttribute(attributes, name)
  }

  return {
    settings() {
      const usualHeight = toSize(attributeOf('sheetFormatPr', 'defaultRowHeight'))
      const base = Number(attributeOf('sheetFormatPr', 'baseColWidth') ?? Number.NaN)
      const print: PrintElements = {
        pageSetup: single.get('pageSetup'),
        pageMargins: single.get('pageMargins'),
        pageSetUpPr: single.get('pageSetUpPr'),
        printOptions: single.get('printOptions'),
        rowBreaks: breaks.row,
        columnBreaks: breaks.column,
        header: texts.get('oddHeader') ?? '',
        footer: texts.get('oddFooter') ?? '',
      }
      return {
        columns,
        merges,
        conditions,
        usualLetters:
          toSize(attributeOf('sheetFormatPr', 'defaultColWidth')) ??
          (Number.isFinite(base) ? base : undefined),
        usualHeight,
        hidesRows: isTrue(attributeOf('sheetFormatPr', 'zeroHeight')),
        showsGrid: !isFalse(attributeOf('sheetView', 'showGridLines')),
        showsZeros: !isFalse(attributeOf('sheetView', 'showZeros')),
        isRightToLeft: isTrue(attributeOf('sheetView', 'rightToLeft')),
        print: readPrintSetup(print),
      }
    },
    open(name: string, attributes: Attributes): void {
      switch (name) {
        case 'sheetView':
        case 'sheetFormatPr':
        case 'pageSetUpPr':
        case 'pageSetup':
        case 'pageMargins':
        case 'printOptions':
          if (!single.has(name)) single.set(name, attributes)
          break
        case 'col':
          addColumn(attributes)
          break
        case 'mergeCell': {
          const range = readRange(readAttribute(attributes, 'ref'))
          if (range && merges.length < MOST_LISTED) merges.push(range)
          break
        }
        case 'rowBreaks':
        case 'colBreaks':
          list = name === 'rowBreaks' ? 'row' : 'column'
          break
        case 'brk': {
          const at = Number(readAttribute(attributes, 'id') ?? 0)
          if (list && at > 0 && breaks[list].length < MOST_LISTED) breaks[list].push(at)
          break
        }
        case 'oddHeader':
        case 'oddFooter':
          text = ''
          break
        default:
          if (conditions.length < MOST_LISTED) openCondition(name, attributes)
      }
    },
    close(name: string): void {
      if (name === 'oddHeader' || name === 'oddFooter') texts.set(name, text ?? '')
      if (name === 'formula' && formulas.length < 3) formulas.push(text ?? '')
      if (name === 'cfRule' && condition) {
        conditions.push({ ...condition, formulas, points, colours })
        condition = undefined
      }
      text = undefined
    },
    text(piece: string): void {
      if (text !== undefined) text += piece
    },
  }
}

/** A number counted from 1 as one counted from 0; what there is instead where it is none. */
function toIndex(number: string | undefined, instead: number): number {
  const index = Number(number ?? Number.NaN) - 1
  return Number.isInteger(index) && index >= 0 ? index : instead
}

/** A height or a width, which is none where it is no number. */
function toSize(size: string | undefined): number | undefined {
  const read = Number(size ?? Number.NaN)
  return Number.isFinite(read) && read >= 0 ? read : undefined
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}

function isFalse(value: string | undefined): boolean {
  return value === '0' || value === 'false'
}
