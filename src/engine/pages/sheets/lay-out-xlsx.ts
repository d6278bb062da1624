import { readRelationships } from '../../../packages/opc.ts'
import type { Package } from '../../../packages/package.ts'
import { type CellRange, readRange } from '../../text/xlsx-places.ts'
import { readXlsxWorkbook, type XlsxSheet, type XlsxWorkbook } from '../../text/xlsx-workbook.ts'
import type { Page } from '../drawing/page.ts'
import { createElementReader, type ElementReader } from '../element.ts'
import type { DocumentTools } from '../page-tools.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import type { DrawingSource } from '../slides/deck.ts'
import { createEmbeddedDrawings } from '../slides/embedded-drawings.ts'
import { makeElement } from '../slides/make-element.ts'
import { NO_THEME, readTheme, type Theme } from '../slides/theme.ts'
import { withValuesOfCells } from './chart-values.ts'
import type { DrawnSheet } from './draw-sheet.ts'
import { layOutSheets } from './lay-out-sheets.ts'
import { createMissing, type Missing } from './missing-from-sheets.ts'
import type { PrintPlaces } from './print-setup.ts'
import { type ReadSheet, readSheet } from './read-sheet.ts'
import { readStrings } from './read-strings.ts'
import { namedColours } from './sheet-colours.ts'
import type { RichRun, SheetCell, SheetContents } from './sheet-contents.ts'
import { drawSheetObjects } from './sheet-objects.ts'
import { readSheetTable, type SheetTable } from './sheet-tables.ts'
import {
  readFont,
  readWorkbookStyles,
  usualStyles,
  type WorkbookStyles,
} from './workbook-styles.ts'

/** As many tables of a sheet are drawn. */
const MOST_TABLES = 200

/**
 * Lays out the visible sheets of a workbook as the pages they would be printed on. Pictures on them are called by the names of
 * their parts.
 *
 * @param main - the name of its main part
 * @returns none where nothing is on any sheet
 * @throws {@link OperationError} when it is damaged, or has more of something than is read
 */
export async function layOutXlsx(
  parts: Package,
  main: string,
  tools: DocumentTools,
): Promise<readonly Page[]> {
  const workbook = await readXlsxWorkbook(parts, main)
  const readElements = createElementReader(parts, 'Fallback')
  const [themed, styled] = [workbook.find('theme'), workbook.find('styles')]
  const theme = themed === undefined ? NO_THEME : readTheme(await readElements(themed))
  const styles =
    styled === undefined
      ? usualStyles(theme)
      : readWorkbookStyles(await readElements(styled), theme)
  const deck = createEmbeddedDrawings(parts, readElements)
  const { fonts } = tools
  const missing = createMissing()
  const source = { workbook, styles, theme, readElements, deck, fonts, missing }
  const visible = workbook.sheets.filter(({ isHidden }) => !isHidden)
  const pages = await layOutSheets(
    visible.map((sheet) => () => readDrawnSheet(parts, sheet, source)),
    tools,
  )
  for (const sentence of missing.tell()) tools.remark(sentence)
  return pages
}

/** What the sheets of a workbook have in common. */
interface SheetSource {
  readonly workbook: XlsxWorkbook
  readonly styles: WorkbookStyles
  readonly theme: Theme
  readonly readElements: ElementReader
  readonly deck: DrawingSource
  readonly fonts: PageFonts
  readonly missing: Missing
}

async function readDrawnSheet(
  parts: Package,
  sheet: XlsxSheet,
  source: SheetSource,
): Promise<DrawnSheet> {
  const { workbook, styles, readElements } = source
  const read = await readSheet(parts, sheet.part, styles)
  source.missing.note(read)
  const contents = sheet.isChart ? asChart(read) : read
  const cells = await withStrings(parts, contents, source)
  const links = await readRelationships(parts, sheet.part)
  const partsOf = (purpose: string): readonly string[] =>
    links
      .filter(({ type, target }) => type === purpose && parts.has(target))
      .map(({ target }) => target)
  const tables: SheetTable[] = []
  for (const part of partsOf('table').slice(0, MOST_TABLES)) {
    const table = readSheetTable(await readElements(part), styles)
    if (table) tables.push(table)
  }
  return {
    name: sheet.name,
    contents: { ...contents, cells },
    tables,
    styles,
    places: findPrintPlaces(sheet, workbook),
    from1904: workbook.from1904,
    async drawObjects(grid) {
      const [drawing] = partsOf('drawing')
      if (drawing === undefined) return []
      const deck = withValuesOfCells(source.deck, { name: sheet.name, cells })
      const named = namedColours(styles.palette.theme)
      const part = await deck.openPart(drawing, { colourOf: (name) => named.get(name) })
      return drawSheetObjects(part, grid, { deck, fonts: source.fonts, theme: source.theme })
    },
  }
}

/** A sheet that is all one chart is on one page, which lies on its side. */
function asChart(sheet: ReadSheet): ReadSheet {
  const { print } = sheet
  const { width, height } = print.paper
  const paper = { width: Math.max(width, height), height: Math.min(width, height) }
  return {
    ...sheet,
    showsGrid: false,
    print: { ...print, paper, fit: { wide: 1, high: 1 } },
  }
}

/** The cells of a sheet with the texts that they share with others. */
async function withStrings(
  parts: Package,
  { cells }: ReadSheet,
  { workbook, styles, theme }: SheetSource,
): Promise<SheetContents['cells']> {
  const part = workbook.find('sharedStrings')
  const wanted = new Set<number>()
  for (const { value } of cells) if (value?.kind === 'shared') wanted.add(value.index)
  const { palette } = styles
  const strings: ReadonlyMap<number, readonly RichRun[]> =
    part === undefined || wanted.size === 0
      ? new Map()
      : await readStrings(parts, part, wanted, (properties) => {
          const children = properties.map(({ name, attributes }) => makeElement(name, attributes))
          return readFont(makeElement('rPr', {}, children), { palette, theme })
        })
  return cells.map(({ value, ...cell }): SheetCell => {
    if (value?.kind !== 'shared') return { ...cell, value }
    const runs = strings.get(value.index)
    return { ...cell, value: runs && { kind: 'text', runs } }
  })
}

/** As many places of a sheet are printed, each on pages of its own. */
const MOST_AREAS = 100

/** Finds what is printed of a sheet and repeated on its pages, by the names that the workbook has for it. */
function findPrintPlaces(sheet: XlsxSheet, { names }: XlsxWorkbook): PrintPlaces {
  const rangesOf = (wanted: string): readonly CellRange[] => {
    const found = names.find(({ name, sheet: of }) => of === sheet.index && name === wanted)
    const listed = splitReferences(found?.formula ?? '').slice(0, MOST_AREAS)
    return listed.flatMap((each) => readRange(each) ?? [])
  }
  const titles = rangesOf('_xlnm.Print_Titles')
  return {
    areas: rangesOf('_xlnm.Print_Area'),
    titleRows: titles.find(({ left, right }) => right - left >= LAST_COLUMN),
    titleColumns: titles.find(({ top, bottom }) => bottom - top >= LAST_ROW),
  }
}

const [LAST_ROW, LAST_COLUMN] = [1_048_575, 16_383]

/** `'A, B'!$A$1:$B$2,C!$A:$A` without the names of the sheets. */
function splitReferences(formula: string): readonly string[] {
  return Array.from(
    formula.matchAll(/(?:'(?:[^']|'')*'|[^',!]*)!([^,]*)/g),
    ([, place = '']) => place,
  )
}
