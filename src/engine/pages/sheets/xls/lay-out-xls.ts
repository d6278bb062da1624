import { OperationError } from '../../../../base/operation-error.ts'
import { type LegacyDocument, unreadLegacy } from '../../../../packages/compound.ts'
import type { XlsCell } from '../../../text/legacy/xls-cells.ts'
import { readXlsGlobals, type XlsGlobals, type XlsSheet } from '../../../text/legacy/xls-globals.ts'
import type { XlsString } from '../../../text/legacy/xls-strings.ts'
import type { CellRange } from '../../../text/xlsx-places.ts'
import type { Element } from '../../element.ts'
import type { DocumentTools, PagesOfParts } from '../../page-tools.ts'
import { createWrittenPackage } from '../../written-package.ts'
import type { DrawnSheet } from '../draw-sheet.ts'
import { layOutSheets } from '../lay-out-sheets.ts'
import { drawMadeObjects } from '../made-drawing.ts'
import { measureColumns } from '../measures.ts'
import { readPrintSetup } from '../print-setup.ts'
import type { CellValue, RichRun, SheetCell } from '../sheet-contents.ts'
import type { SheetGrid } from '../sheet-grid.ts'
import type { SheetObject } from '../sheet-objects.ts'
import { readArtPictures } from './art-pictures.ts'
import { readXlsSheet, type XlsSheetContents } from './read-xls-sheet.ts'
import { readXlsNames } from './xls-names.ts'
import { toMadeObjects } from './xls-objects.ts'
import { readXlsStyles, type XlsStyles } from './xls-styles.ts'

/**
 * Lays out the visible sheets of a workbook of 1993 to 2003 as the pages they would be printed on.
 *
 * @returns no pages where nothing is on any sheet; undefined for one that is damaged, of which there still may be its text
 * @throws {@link OperationError} when it is encrypted, or damaged where all of it begins
 */
export async function layOutXls(
  document: LegacyDocument,
  tools: DocumentTools,
): Promise<PagesOfParts | undefined> {
  if (document.isLocked) throw unreadLegacy(document, 'an encrypted')
  try {
    return await layOutStream(streamOf(document), tools)
  } catch (error) {
    // Whatever leads out of the stream.
    if (error instanceof RangeError && !(error instanceof OperationError)) return undefined
    throw error
  }
}

function streamOf({ streams }: LegacyDocument): Buffer {
  return streams('Workbook') ?? streams('Book') ?? Buffer.alloc(0)
}

async function layOutStream(stream: Buffer, tools: DocumentTools): Promise<PagesOfParts> {
  const globals = readXlsGlobals(stream)
  const styles = readXlsStyles(stream, globals)
  const placesOf = readXlsNames(stream, globals)
  const pictures = readArtPictures(stream)
  const files = new Map<string, Buffer>()
  const pictureOf = (number: number): string | undefined => {
    const file = pictures.get(number)
    const name = `picture ${number}`
    if (file) files.set(name, file)
    return file && name
  }

  const read = (sheet: XlsSheet): DrawnSheet => {
    const contents = readXlsSheet(stream, sheet.start, globals)
    const drawn = toDrawn(sheet, contents, { globals, styles })
    return {
      ...drawn,
      places: placesOf(sheet.index),
      drawObjects: (grid) => drawObjects(drawn, contents, { grid, styles, pictureOf, tools }),
    }
  }

  // Where several sheets begin at one place, which no program writes, there is one.
  const byPlace = new Map(globals.sheets.map((sheet) => [sheet.start, sheet]))
  const visible = Array.from(byPlace.values()).filter(
    ({ isHidden, isChart, start }) => !isHidden && !isChart && start < stream.length,
  )
  if (globals.sheets.some(({ isHidden, isChart }) => !isHidden && isChart)) {
    tools.remark('Sheets of the document that are all one chart are not among its pages.')
  }
  const pages = await layOutSheets(
    visible.map((sheet) => () => read(sheet)),
    tools,
  )
  return { pages, parts: createWrittenPackage({ roots: new Map(), files }) }
}

function toDrawn(
  { name }: XlsSheet,
  sheet: XlsSheetContents,
  { globals, styles }: { readonly globals: XlsGlobals; readonly styles: XlsStyles },
): Omit<DrawnSheet, 'places' | 'drawObjects'> {
  const { print, usualLetters, conditions, columns, cells, drawing, ...others } = sheet
  const measure = measureColumns(styles.usualFont, usualLetters)
  const toCell = createCellMaker(globals, styles)
  return {
    name,
    contents: {
      ...others,
      cells: cells.flatMap((cell) => toCell(cell) ?? []),
      columns: columns.map((column) => ({
        ...column,
        size: column.size === undefined ? undefined : measure.toPoints(column.size),
      })),
      usualWidth: measure.usual,
      conditions: conditions.map(({ condition }, index) => ({ ...condition, change: index })),
      print: readPrintSetup(print),
    },
    tables: [],
    styles: { ...styles, changes: styles.changesOf(conditions.map(({ change }) => change)) },
    from1904: globals.from1904,
  }
}

/** Makes what makes cells that show something; undefined of one that does not. */
function createCellMaker({ strings }: XlsGlobals, { looks, fontOf }: XlsStyles) {
  const shows = looks.map(
    ({ fill, borders }) => fill !== undefined || Object.values(borders).some((each) => each),
  )
  return ({ row, column, style, value }: XlsCell): SheetCell | undefined => {
    const shown = value && toValue(value)
    return shown || shows[style] ? { row, column, look: style, value: shown } : undefined
  }

  function toValue(value: NonNullable<XlsCell['value']>): CellValue | undefined {
    if (value.kind === 'text') {
      return value.text === '' ? undefined : { kind: 'text', runs: [{ text: value.text }] }
    }
    if (value.kind !== 'shared') return value
    const string = strings[value.index]
    const runs = string && toRuns(string, fontOf)
    return runs && runs.length > 0 ? { kind: 'text', runs } : undefined
  }
}

/** The letters of a text that look alike. */
function toRuns({ text, runs }: XlsString, fontOf: XlsStyles['fontOf']): readonly RichRun[] {
  const starts = [{ start: 0, font: undefined }, ...runs]
  return starts.flatMap(({ start, font }, index) => {
    const piece = text.slice(start, starts[index + 1]?.start)
    return piece === ''
      ? []
      : [{ text: piece, font: font === undefined ? undefined : fontOf(font) }]
  })
}

async function drawObjects(
  { name, contents }: Pick<DrawnSheet, 'name' | 'contents'>,
  { drawing }: XlsSheetContents,
  {
    grid,
    styles,
    pictureOf,
    tools,
  }: {
    readonly grid: SheetGrid
    readonly styles: XlsStyles
    readonly pictureOf: (number: number) => string | undefined
    readonly tools: DocumentTools
  },
): Promise<readonly SheetObject[]> {
  const charts = new Map<string, Element>()
  const objects = toMadeObjects(drawing.objects(), {
    grid,
    styles,
    pictureOf,
    cellsOf: (range) => `'${name.replaceAll("'", "''")}'!${writeRange(range)}`,
    addChart(chart) {
      const called = `chart ${charts.size + 1}`
      charts.set(called, chart)
      return called
    },
    leaveOut: () => tools.remark('Some shapes of the document are not on its pages.'),
  })
  return drawMadeObjects(
    { objects, charts, sheet: { name, cells: contents.cells } },
    grid,
    tools.fonts,
  )
}

function writeRange({ top, left, bottom, right }: CellRange): string {
  return `${writeColumn(left)}${top + 1}:${writeColumn(right)}${bottom + 1}`
}

function writeColumn(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : writeColumn(Math.floor(column / 26) - 1) + letter
}
