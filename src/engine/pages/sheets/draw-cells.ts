import type { CellRange } from '../../text/xlsx-places.ts'
import type { LetterColour } from '../../typesetting/text-content.ts'
import type { PageMark } from '../drawing/page.ts'
import { type Box, line, rectangle } from '../drawing/shapes.ts'
import type { CellShown } from './apply-conditions.ts'
import { type BorderLine, type CellLook, changeLook, EDGES, sameColour } from './cell-look.ts'
import { type CellContext, drawCellText } from './cell-marks.ts'
import type { LookBook } from './look-book.ts'
import { findMergedCells } from './merged-cells.ts'
import type { PageCut } from './page-cuts.ts'
import { createPagePlaces } from './page-places.ts'
import type { SheetContents } from './sheet-contents.ts'

/** What the cells of a page are drawn of. */
export interface CellsToDraw extends CellContext {
  readonly contents: Pick<SheetContents, 'merges' | 'showsGrid' | 'isRightToLeft'>
  readonly book: LookBook
  readonly shownAt: CellShown
}

/** As many places of cells of a page are looked at; where there are more, only those that have something in them. */
const MOST_PLACES = 150_000

const GRID: LetterColour = { red: 212, green: 212, blue: 212, alpha: 255 }
const WHITE: LetterColour = { red: 255, green: 255, blue: 255, alpha: 255 }

/** How wide lines of the grid are, in points of the sheet. */
const GRID_WIDTH = 0.5

/** A cell of a page. */
interface Placed {
  readonly row: number
  readonly column: number
  readonly look: CellLook
  readonly box: Box
  /** All that are merged with it. */
  readonly merged: CellRange | undefined
}

/** Draws the cells of a page, in points before they are scaled. */
export function drawCells(cut: PageCut, sheet: CellsToDraw): readonly PageMark[] {
  const { book, contents, shownAt } = sheet
  const places = createPagePlaces(cut, contents.isRightToLeft)
  const merged = findMergedCells(contents.merges, cut)
  const fills: { readonly box: Box; readonly colour: LetterColour }[] = []
  const bars: PageMark[] = []
  const borders: PageMark[] = []
  const texts: PageMark[] = []
  const blanks: Box[] = []

  for (const { row, column } of placesOf(cut, book)) {
    const range = merged.at(row, column)
    const box = places.boxOf({ top: row, bottom: row, left: column, right: column })
    if (box === undefined) continue
    const first = range ? { row: range.top, column: range.left } : { row, column }
    const value = book.cellAt(first.row, first.column)?.value
    const { change, fill, bar } = shownAt(first.row, first.column, value)
    const own = book.lookAt(first.row, first.column)
    const look = change ? changeLook(own, change) : own
    const colour = fill ?? look.fill
    if (colour) fills.push({ box, colour })
    else if (range && isFirstSeen(first, row, column, range, cut))
      blanks.push(places.boxOf(range) ?? box)
    if (bar) bars.push(barOf(bar, box))
    const bordered = range ? book.lookAt(row, column) : look
    borders.push(...drawBorders({ row, column, look: bordered, box, merged: range }))
    if (value === undefined || !isFirstSeen(first, row, column, range, cut)) continue
    const whole = (range && places.boxOf(range)) ?? box
    const cell = {
      value,
      look,
      box: reachAcross(whole, { row, column: range?.right ?? column, look }, sheet, places),
      reach: (side: 'left' | 'right', length: number) =>
        range ? 0 : reachOf(side, length, { row, column }, sheet, places),
      isRightToLeft: contents.isRightToLeft,
    }
    const drawn = drawCellText(cell, sheet, cut.scale)
    if (drawn === undefined) continue
    texts.push(...drawn.marks)
    if (drawn.span.width > whole.width) blanks.push(drawn.span)
  }
  return [
    ...(contents.showsGrid
      ? [...drawGrid(cut, places), ...blanks.map((box) => fillOf(inner(box), WHITE))]
      : []),
    ...joinFills(fills).map(({ box, colour }) => fillOf(box, colour)),
    ...bars,
    ...borders,
    ...texts,
  ]
}

/** The cells of a page to look at. */
function* placesOf(
  { rows, columns }: PageCut,
  book: LookBook,
): Generator<{ readonly row: number; readonly column: number }> {
  const isFew = rows.length * columns.length <= MOST_PLACES
  const seen = new Set(columns.map(({ index }) => index))
  for (const { index: row } of rows) {
    if (isFew) for (const { index: column } of columns) yield { row, column }
    else for (const cell of book.cellsOf(row)) if (seen.has(cell.column)) yield cell
  }
}

/** Whether a cell is the one that draws the text of those that are merged: the first of them on this page. */
function isFirstSeen(
  first: { readonly row: number; readonly column: number },
  row: number,
  column: number,
  range: CellRange | undefined,
  { rows, columns }: PageCut,
): boolean {
  if (range === undefined || (row === first.row && column === first.column)) return true
  const seenRow = rows.find(({ index }) => index >= range.top)?.index
  const seenColumn = columns.find(({ index }) => index >= range.left)?.index
  return row === seenRow && column === seenColumn
}

type Places = ReturnType<typeof createPagePlaces>
type Place = { readonly row: number; readonly column: number }

/** As many cells beside one a text reaches into. */
const MOST_REACHED = 400

/** How much of a length is free beside a cell. */
function reachOf(
  side: 'left' | 'right',
  length: number,
  { row, column }: Place,
  { book, contents }: CellsToDraw,
  places: Places,
): number {
  const step = (side === 'right') === contents.isRightToLeft ? -1 : 1
  let reached = 0
  for (
    let next = column + step;
    next >= 0 && Math.abs(next - column) < MOST_REACHED;
    next += step
  ) {
    if (reached >= length || book.cellAt(row, next)?.value !== undefined) break
    const slot = places.columnAt(next)
    if (slot === undefined) {
      // At the edge of what is used there is the margin of the page; hidden columns have no room.
      const isEdge = next > places.last
      if (isEdge) return length
      continue
    }
    reached += slot.size
  }
  return Math.min(reached, length)
}

/** The box of a text that is in the middle of several cells. */
function reachAcross(
  box: Box,
  { row, column, look }: Place & { readonly look: CellLook },
  { book }: CellsToDraw,
  places: Places,
): Box {
  if (look.alignment.horizontal !== 'across') return box
  let { x, width } = box
  for (let next = column + 1; next - column < MOST_REACHED; next += 1) {
    const slot = places.columnAt(next)
    const isOpen =
      book.cellAt(row, next)?.value === undefined &&
      book.lookAt(row, next).alignment.horizontal === 'across'
    if (slot === undefined || !isOpen) break
    x = Math.min(x, slot.start)
    width += slot.size
  }
  return { ...box, x, width }
}

function fillOf(box: Box, fill: LetterColour): PageMark {
  return { kind: 'path', path: rectangle(box), fill }
}

/** A box without the lines of the grid around it. */
function inner({ x, y, width, height }: Box): Box {
  const edge = GRID_WIDTH / 2
  return { x: x + edge, y: y + edge, width: width - GRID_WIDTH, height: height - GRID_WIDTH }
}

/** What of a cell a bar takes that shows its value. */
function barOf(
  { share, colour }: { readonly share: number; readonly colour: LetterColour },
  box: Box,
): PageMark {
  return fillOf(
    { x: box.x + 1, y: box.y + 1, width: (box.width - 2) * share, height: box.height - 2 },
    colour,
  )
}

/** The lines of the grid, from edge to edge. */
function drawGrid(
  { rows, columns }: PageCut,
  { width, height, columnAt }: Places,
): readonly PageMark[] {
  const stroke = { colour: GRID, width: GRID_WIDTH }
  return [
    line([0, 0], [width, 0], stroke),
    line([0, 0], [0, height], stroke),
    line([width, 0], [width, height], stroke),
    ...rows.map(({ start, size }) => line([0, start + size], [width, start + size], stroke)),
    ...columns.flatMap(({ index }) => {
      const slot = columnAt(index)
      return slot ? [line([slot.start, 0], [slot.start, height], stroke)] : []
    }),
  ]
}

/** Fills of one colour that touch each other as one, so that no line is seen between them. */
function joinFills(
  fills: readonly { readonly box: Box; readonly colour: LetterColour }[],
): readonly { readonly box: Box; readonly colour: LetterColour }[] {
  return joinAlong(joinAlong(fills, 'row'), 'column')
}

type Filled = { readonly box: Box; readonly colour: LetterColour }

const NEAR = 0.01

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < NEAR
}

function joinAlong(fills: readonly Filled[], along: 'row' | 'column'): readonly Filled[] {
  const isRow = along === 'row'
  const ordered = fills.toSorted((one, other) =>
    isRow
      ? one.box.y - other.box.y || one.box.x - other.box.x
      : one.box.x - other.box.x || one.box.y - other.box.y,
  )
  const joined: Filled[] = []
  for (const fill of ordered) {
    const last = joined.at(-1)
    const { box } = fill
    const touches =
      last !== undefined &&
      sameColour(last.colour, fill.colour) &&
      (isRow
        ? isNear(last.box.y, box.y) &&
          isNear(last.box.height, box.height) &&
          isNear(last.box.x + last.box.width, box.x)
        : isNear(last.box.x, box.x) &&
          isNear(last.box.width, box.width) &&
          isNear(last.box.y + last.box.height, box.y))
    if (!touches) {
      joined.push(fill)
      continue
    }
    const grown = isRow
      ? { ...last.box, width: box.x + box.width - last.box.x }
      : { ...last.box, height: box.y + box.height - last.box.y }
    joined.splice(-1, 1, { ...last, box: grown })
  }
  return joined
}

/** The lines of a cell; of merged ones those around all of them. */
function drawBorders({ row, column, look, box, merged }: Placed): readonly PageMark[] {
  const { borders } = look
  const { x, y, width, height } = box
  const isOuter = {
    left: merged === undefined || column === merged.left,
    right: merged === undefined || column === merged.right,
    top: merged === undefined || row === merged.top,
    bottom: merged === undefined || row === merged.bottom,
  }
  const ends = {
    left: [x, y, x, y + height],
    right: [x + width, y, x + width, y + height],
    top: [x, y, x + width, y],
    bottom: [x, y + height, x + width, y + height],
    up: [x, y + height, x + width, y],
    down: [x, y, x + width, y + height],
  } as const
  const around = EDGES.flatMap((edge) => {
    const drawn = borders[edge]
    return drawn && isOuter[edge] ? drawBorder(drawn, ends[edge]) : []
  })
  const across = (['up', 'down'] as const).flatMap((edge) => {
    const drawn = borders[edge]
    return drawn && !merged ? drawBorder(drawn, ends[edge]) : []
  })
  return [...around, ...across]
}

/** How far the two lines of a double one are from where one would be, in points. */
const DOUBLE = 0.75

function drawBorder(
  { colour, width, dash, isDouble }: BorderLine,
  [fromX, fromY, toX, toY]: readonly [number, number, number, number],
): readonly PageMark[] {
  const stroke = { colour, width, dash: dash.length > 0 ? dash : undefined, cap: 'square' as const }
  const solid = dash.length > 0 ? { ...stroke, cap: 'butt' as const } : stroke
  if (!isDouble) return [line([fromX, fromY], [toX, toY], solid)]
  const isFlat = fromY === toY
  return [-DOUBLE, DOUBLE].map((by) =>
    isFlat
      ? line([fromX, fromY + by], [toX, toY + by], solid)
      : line([fromX + by, fromY], [toX + by, toY], solid),
  )
}
