import type { Package } from '../../../../packages/package.ts'
import { MOST_COLUMNS, MOST_ROWS } from '../../../text/xlsx-places.ts'
import { readPictureSizes } from '../../odf/crops.ts'
import { readTree } from '../../odf/read-tree.ts'
import { readMasterPages } from '../../odf/styles.ts'
import type { DocumentTools, PagesOfParts } from '../../page-tools.ts'
import { createWrittenPackage } from '../../written-package.ts'
import type { DrawnSheet } from '../draw-sheet.ts'
import { layOutSheets } from '../lay-out-sheets.ts'
import { createOdsDrawings } from './ods-objects.ts'
import { type OdsPrint, readOdsPrint } from './ods-print.ts'
import { type OdsSheet, readOds } from './read-ods.ts'
import { readShownGrids } from './shown-grids.ts'

const STYLES = 'styles.xml'

/**
 * Lays out the visible sheets of an OpenDocument file as the pages they would be printed on. Pictures on them are called by the names
 * of their parts.
 *
 * @returns no pages where nothing is on any sheet
 * @throws {@link OperationError} when it is damaged
 */
export async function layOutOds(parts: Package, tools: DocumentTools): Promise<PagesOfParts> {
  const common = parts.has(STYLES) ? await readTree(parts, STYLES) : undefined
  const { sheets, looks, changes, styles: named, made } = await readOds(parts, common)
  const showsGrid = await readShownGrids(parts)
  const masters = readMasterPages(common)
  const drawings = createOdsDrawings(parts, {
    styles: named,
    sizes: await readPictureSizes(parts, [common, made]),
    fonts: tools.fonts,
    leaveOut: () => tools.remark('Some shapes of the document are not on its pages.'),
  })
  const styles = { looks: looks.looks, changes, usualFont: looks.usual.font }
  const toDrawn = (sheet: OdsSheet): DrawnSheet => ({
    name: sheet.name,
    contents: {
      ...contentsOf(sheet, readOdsPrint(masters, sheet.master)),
      showsGrid: showsGrid(sheet.name),
    },
    tables: [],
    styles,
    places: placesOf(sheet),
    from1904: false,
    drawObjects: (grid) =>
      drawings.draw(
        { name: sheet.name, cells: sheet.contents.cells, objects: sheet.objects },
        grid,
      ),
  })
  const visible = sheets.filter(({ isHidden }) => !isHidden)
  const pages = await layOutSheets(
    visible.map((sheet) => () => toDrawn(sheet)),
    tools,
    // Lines of LibreOffice are as high as their letters.
    (letters) => letters,
  )
  const { files } = drawings
  return { pages, parts: createWrittenPackage({ roots: new Map(), files }, parts) }
}

/** How wide a column is in LibreOffice that says nothing, in points. */
const USUAL_WIDTH = 64

function contentsOf(
  { contents, rows, columns }: OdsSheet,
  { setup, showsZeros }: OdsPrint,
): Omit<DrawnSheet['contents'], 'showsGrid'> {
  const { isChosen } = setup
  const hasBreaks = rows.breaks.length + columns.breaks.length > 0
  return {
    ...contents,
    showsZeros,
    rows: rows.lines,
    columns: columns.lines,
    usualWidth: columns.usual?.isHidden === true ? 0 : (columns.usual?.size ?? USUAL_WIDTH),
    usualHeight: rows.usual?.size,
    hidesRows: rows.usual?.isHidden === true,
    print: {
      ...setup,
      rowBreaks: rows.breaks,
      columnBreaks: columns.breaks,
      isChosen: isChosen || hasBreaks,
    },
  }
}

/** What is printed of a sheet, and repeated on its pages. */
function placesOf({ areas, rows, columns }: OdsSheet): DrawnSheet['places'] {
  return {
    areas,
    titleRows: rows.titles && { ...EVERYWHERE, top: rows.titles.first, bottom: rows.titles.last },
    titleColumns: columns.titles && {
      ...EVERYWHERE,
      left: columns.titles.first,
      right: columns.titles.last,
    },
  }
}

const EVERYWHERE = { top: 0, left: 0, bottom: MOST_ROWS - 1, right: MOST_COLUMNS - 1 }
