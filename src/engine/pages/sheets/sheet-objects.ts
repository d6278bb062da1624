import { type CellRange, MOST_COLUMNS, MOST_ROWS } from '../../text/xlsx-places.ts'
import type { PageMark } from '../drawing/page.ts'
import type { Box } from '../drawing/shapes.ts'
import { childOf, type Element } from '../element.ts'
import type { PageFonts } from '../paragraphs/page-fonts.ts'
import type { DrawingSource, DrawnPart } from '../slides/deck.ts'
import { degreesOf, pointsOf } from '../slides/drawing-values.ts'
import { PAGE_FRAME } from '../slides/frames.ts'
import { transformOf, withPlace } from '../slides/placed-shape.ts'
import { drawShapes } from '../slides/shapes.ts'
import type { Theme } from '../slides/theme.ts'
import type { SheetGrid } from './sheet-grid.ts'

/** Something that lies on a sheet, such as a picture or a chart. */
export interface SheetObject {
  /** Where, from the upper left of the sheet as if all of it was on one page. */
  readonly box: Box
  /** The cells that it lies on. */
  readonly range: CellRange
  /** What is drawn of it, from the upper left of its box. */
  readonly marks: readonly PageMark[]
}

/** What drawings are drawn with. */
export interface SheetDrawingTools {
  readonly deck: DrawingSource
  readonly fonts: PageFonts
  readonly theme: Theme
}

/** As many objects of a sheet are drawn. */
const MOST_OBJECTS = 500

/** English metric units a point. */
const EMU = 12_700

/** Draws what lies on a sheet. */
export async function drawSheetObjects(
  part: DrawnPart,
  grid: SheetGrid,
  { deck, fonts, theme }: SheetDrawingTools,
): Promise<readonly SheetObject[]> {
  const objects: SheetObject[] = []
  for (const anchor of part.root.children.slice(0, MOST_OBJECTS)) {
    const box = boxOf(anchor, grid)
    // A line may have no height, or no width.
    if (box === undefined || Math.min(box.width, box.height) < 0) continue
    const tools = {
      deck,
      fonts,
      part,
      layout: undefined,
      master: undefined,
      theme,
      slideNumber: 1,
    }
    const shapes = { ...anchor, children: anchor.children.map((shape) => withSize(shape, box)) }
    const marks = await drawShapes(shapes, { tools, frame: PAGE_FRAME, withPlaceholders: true })
    if (marks.length > 0) objects.push({ box, range: cellsUnder(box, grid), marks })
  }
  return objects
}

/** Where an anchor is: from cell to cell, of a size from a cell on, or anywhere (ECMA-376, part 1, 20.5.2). */
function boxOf(anchor: Element, grid: SheetGrid): Box | undefined {
  const size = childOf(anchor, 'ext')
  const [width, height] = [pointsOf(size, 'cx') ?? 0, pointsOf(size, 'cy') ?? 0]
  if (anchor.name === 'absoluteAnchor') {
    const from = childOf(anchor, 'pos')
    return { x: pointsOf(from, 'x') ?? 0, y: pointsOf(from, 'y') ?? 0, width, height }
  }
  const from = placeOf(childOf(anchor, 'from'), grid)
  if (from === undefined) return undefined
  if (anchor.name === 'oneCellAnchor') return { ...from, width, height }
  const to = placeOf(childOf(anchor, 'to'), grid)
  return to && { ...from, width: to.x - from.x, height: to.y - from.y }
}

function placeOf(
  marker: Element | undefined,
  { columns, rows }: SheetGrid,
): { readonly x: number; readonly y: number } | undefined {
  const number = (name: string): number => Number(childOf(marker, name)?.text ?? Number.NaN)
  const [column, row] = [number('col'), number('row')]
  const isThere = column >= 0 && column < MOST_COLUMNS && row >= 0 && row < MOST_ROWS
  if (!isThere) return undefined
  return {
    x: columns.startOf(column) + offsetWithin(columns.sizeOf(column), number('colOff')),
    y: rows.startOf(row) + offsetWithin(rows.sizeOf(row), number('rowOff')),
  }
}

/** What is further than its cell reaches begins at the end of that. */
function offsetWithin(size: number, offset: number): number {
  return Number.isFinite(offset) ? Math.min(size, Math.max(0, offset / EMU)) : 0
}

/** What a box has less at its ends than it says, so that it does not lie on cells that it only touches, in points. */
const EDGE = 0.01

/** The cells that something lies on. */
function cellsUnder({ x, y, width, height }: Box, { columns, rows }: SheetGrid): CellRange {
  return {
    left: Math.min(MOST_COLUMNS - 1, columns.indexAt(x)),
    top: Math.min(MOST_ROWS - 1, rows.indexAt(y)),
    right: Math.min(MOST_COLUMNS - 1, columns.indexAt(x + width - EDGE)),
    bottom: Math.min(MOST_ROWS - 1, rows.indexAt(y + height - EDGE)),
  }
}

/** A shape as large as its anchor. */
function withSize(shape: Element, box: Box): Element {
  // What stands on its side is anchored as it stands, and is as wide as it is high before it is turned.
  const turned = degreesOf(transformOf(shape), 'rot')
  const isOnSide = Math.abs(Math.sin((turned * Math.PI) / 180)) > Math.SQRT1_2
  const { width, height } = isOnSide ? { width: box.height, height: box.width } : box
  const [x, y] = [(box.width - width) / 2, (box.height - height) / 2]
  return withPlace(shape, { x, y, width, height })
}
