import { readRelationships } from '../../../packages/opc.ts'
import type { Package } from '../../../packages/package.ts'
import { type CellRange, readRange } from '../../text/xlsx-places.ts'
import { readXlsxWorkbook, type XlsxSheet, type XlsxWorkbook } from '../../text/xlsx-workbook.ts'
import type { Page } from '../drawing/page.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import { createElementReader, type ElementReader } from '../slides/element.ts'
import { NO_THEME, readTheme, type Theme } from '../slides/theme.ts'
import type { RichRun, SheetCell, SheetContents } from './sheet-contents.ts'
import { createSheetDeck } from './sheet-deck.ts'
import { createCellTexts } from './cell-texts.ts'
import { drawSheet, type DrawnSheet } from './draw-sheet.ts'
import type { PrintPlaces } from './print-setup.ts'
import { type ReadSheet, readSheet } from './read-sheet.ts'
import { readStrings } from './read-strings.ts'
import { readSheetTable, type SheetTable } from './sheet-tables.ts'
import { readFont, readWorkbookStyles, usualStyles, type WorkbookStyles } from './workbook-styles.ts'

/** What pages are made with. */
export interface PagesWanted {
  readonly fonts: PageFonts
  /** How many pages are made at the most, from the first. */
  readonly most: number
}

/** A4, upright, in points. */
const EMPTY_PAGE: Page = { width: 595, height: 842, marks: [] }

/** As many tables of a sheet are drawn. */
const MOST_TABLES = 200

/**
 * Draws the visible sheets of a workbook as the pages they would be printed on.
 *
 * @param main - the name of its main part
 * @returns at least one, which is empty where all sheets are
 * @throws {@link OperationError} when it is damaged
 */
export async function drawXlsx(
  parts: Package,
  main: string,
  { fonts, most }: PagesWanted,
): Promise<readonly Page[]> {
  const workbook = await readXlsxWorkbook(parts, main)
  const theme = workbook.find('theme')
  const styles = workbook.find('styles')
  const readElements = createElementReader(parts)
  const read = theme === undefined ? NO_THEME : readTheme(await readElements(theme))
  const looks =
    styles === undefined ? usualStyles(read) : readWorkbookStyles(await readElements(styles), read)
  const texts = createCellTexts(fonts)
  const deck = createSheetDeck(parts, readElements)
  const pages: Page[] = []
  for (const sheet of workbook.sheets) {
    if (pages.length >= most) break
    if (sheet.isHidden || sheet.isChart) continue
    const source = { workbook, styles: looks, theme: read, readElements }
    const drawn = await readDrawnSheet(parts, sheet, source)
    pages.push(...(await drawSheet(drawn, { texts, fonts, deck, most: most - pages.length })))
  }
  return pages.length > 0 ? pages : [EMPTY_PAGE]
}

interface SheetSource {
  readonly workbook: XlsxWorkbook
  readonly styles: WorkbookStyles
  readonly theme: Theme
  readonly readElements: ElementReader
}

async function readDrawnSheet(
  parts: Package,
  sheet: XlsxSheet,
  source: SheetSource,
): Promise<DrawnSheet> {
  const { workbook, styles, readElements } = source
  const contents = await readSheet(parts, sheet.part, styles)
  const cells = await withStrings(parts, contents, source)
  const links = await readRelationships(parts, sheet.part)
  const partsOf = (purpose: string): readonly string[] =>
    links.filter(({ type, target }) => type === purpose && parts.has(target)).map(({ target }) => target)
  const tables: SheetTable[] = []
  for (const part of partsOf('table').slice(0, MOST_TABLES)) {
    const table = readSheetTable(await readElements(part), styles)
    if (table) tables.push(table)
  }
  return {
    name: sheet.name,
    contents: { ...contents, cells },
    tables,
    drawing: partsOf('drawing')[0],
    styles,
    theme: source.theme,
    places: findPrintPlaces(sheet, workbook),
    from1904: workbook.from1904,
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
          const children = properties.map((each) => ({ ...each, children: [], text: '' }))
          return readFont({ name: 'rPr', attributes: {}, children, text: '' }, { palette, theme })
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
  return Array.from(formula.matchAll(/(?:'(?:[^']|'')*'|[^',!]*)!([^,]*)/g), ([, place = '']) => place)
}
