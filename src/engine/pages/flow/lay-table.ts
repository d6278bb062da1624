import { moved } from '../drawing/moved.ts'
import type { PageMark } from '../drawing/page.ts'
import { rectangle } from '../drawing/shapes.ts'
import type { FlowCell, FlowRow, FlowTable, TableColumns } from './blocks.ts'
import { drawBorders } from './borders.ts'
import { drawFloats } from './floats.ts'
import { type FlowItem, type FlowTools, heightOf, NO_ITEM, toolsWithin } from './item.ts'

/** Rows that are laid out together since cells cover several of them; what covers more ends there. */
const MOST_TOGETHER = 200

/** The least that is laid out of a row at the end of a page, in points. */
const LEAST_PART = 24

/** Lays out a table, each row of it an item. */
export function* layTable(table: FlowTable, width: number, tools: FlowTools): Generator<FlowItem> {
  const within = toolsWithin(tools)
  const places = placesOf(table.columnsIn(width))
  let heading: readonly FlowItem[] = []
  let isHeading = true
  for (let at = 0; at < table.rows.length;) {
    const rows = togetherFrom(table.rows, at)
    at += rows.length
    const items = layRows(rows, places, within)
    isHeading &&= rows.every((row) => row.isHeader)
    if (isHeading) heading = [...heading, ...items]
    for (const item of items) yield isHeading ? item : { ...item, heading }
  }
}

/** The rows from one on that cells cover together. */
function togetherFrom(rows: readonly FlowRow[], from: number): readonly FlowRow[] {
  let end = from + 1
  for (let at = from; at < end && at < rows.length; at += 1) {
    for (const cell of rows[at]?.cells ?? []) end = Math.max(end, at + cell.rows)
    end = Math.min(end, from + MOST_TOGETHER)
  }
  return rows.slice(from, end)
}

/** A cell that is laid out. */
interface LaidCell {
  readonly cell: FlowCell
  readonly row: number
  readonly x: number
  readonly width: number
  readonly items: readonly FlowItem[]
  /** Of what is in it, with its margins. */
  readonly height: number
}

function layRows(
  rows: readonly FlowRow[],
  places: readonly number[],
  tools: FlowTools,
): readonly FlowItem[] {
  const cells = rows.flatMap((row, index) =>
    row.cells.map((cell): LaidCell => {
      const x = places[Math.min(cell.column, places.length - 1)] ?? 0
      const end = places[Math.min(cell.column + cell.columns, places.length - 1)] ?? x
      const { margins } = cell
      const room = Math.max(1, end - x - margins.left - margins.right)
      const items = [...tools.lay(cell.blocks, room, tools)]
      const height = heightOf(items) + margins.top + margins.bottom
      return { cell, row: index, x, width: end - x, items, height }
    }),
  )
  const heights = heightsOf(rows, cells)
  return rows.map((row, index) => {
    const own = cells.filter((cell) => cell.row === index)
    const spanning = own.some(({ cell }) => cell.rows > 1)
    const height = heights[index] ?? 0
    const draw = (each: LaidCell): readonly PageMark[] => {
      const end = Math.min(heights.length, index + each.cell.rows)
      return drawCell(
        each,
        heights.slice(index, end).reduce((sum, next) => sum + next, 0),
        tools,
      )
    }
    const isWhole = row.isWhole || spanning || row.height?.isExact === true || rows.length > 1
    return rowItem(own, height, draw, isWhole ? undefined : tools)
  })
}

/** Where columns begin, and the last ends. */
function placesOf({ widths, left }: TableColumns): readonly number[] {
  const places = [left]
  for (const width of widths) places.push((places.at(-1) ?? 0) + Math.max(0, width))
  return places
}

function heightsOf(rows: readonly FlowRow[], cells: readonly LaidCell[]): readonly number[] {
  const heights = rows.map((row, index) => {
    const least = row.height?.points ?? 0
    if (row.height?.isExact) return least
    return cells
      .filter((each) => each.row === index && each.cell.rows <= 1)
      .reduce((most, { height }) => Math.max(most, height), least)
  })
  for (const { cell, row, height } of cells) {
    if (cell.rows <= 1) continue
    const last = Math.min(rows.length, row + cell.rows) - 1
    const there = heights.slice(row, last + 1).reduce((sum, each) => sum + each, 0)
    if (there < height) heights[last] = (heights[last] ?? 0) + height - there
  }
  return heights
}

/** @param tools - what its parts are drawn with; undefined for a row that stays whole */
function rowItem(
  cells: readonly LaidCell[],
  height: number,
  draw: (cell: LaidCell) => readonly PageMark[],
  tools: FlowTools | undefined,
): FlowItem {
  const item: FlowItem = {
    ...NO_ITEM,
    height,
    marks: cells.flatMap(draw),
    notes: cells.flatMap(({ items }) => items.flatMap(({ notes }) => notes)),
  }
  if (tools === undefined) return item
  return { ...item, split: (room) => splitRow(cells, room, tools) }
}

/** Divides a row between the items of its cells. */
function splitRow(
  cells: readonly LaidCell[],
  room: number,
  tools: FlowTools,
): readonly [FlowItem, FlowItem] | undefined {
  if (room < LEAST_PART) return undefined
  const divided = cells.map((each) => divide(each, room))
  if (divided.every(([first]) => first.items.length === 0)) return undefined
  const part = (index: 0 | 1): FlowItem => {
    const own = divided.map((each) => each[index])
    const height = own.reduce((most, each) => Math.max(most, each.height), 0)
    return rowItem(own, height, (each) => drawCell(each, height, tools), tools)
  }
  return [part(0), part(1)]
}

function divide(cell: LaidCell, room: number): readonly [LaidCell, LaidCell] {
  const { top, bottom } = cell.cell.margins
  let left = room - top - bottom
  const count = cell.items.findIndex((item) => {
    left -= item.before + item.height + item.after
    return left < 0
  })
  const at = count === -1 ? cell.items.length : count
  const next = cell.items[at]
  const used = heightOf(cell.items.slice(0, at))
  const parts = next?.split?.(room - top - bottom - used)
  const first = [...cell.items.slice(0, at), ...(parts ? [parts[0]] : [])]
  const rest = [...(parts ? [parts[1]] : cell.items.slice(at, at + 1)), ...cell.items.slice(at + 1)]
  const withItems = (items: readonly FlowItem[]): LaidCell => ({
    ...cell,
    items,
    height: heightOf(items) + top + bottom,
  })
  return [withItems(first), withItems(rest)]
}

const SLACK = { top: 0, middle: 0.5, bottom: 1 }

function drawCell(
  { cell, x, width, items, height: needed }: LaidCell,
  height: number,
  tools: FlowTools,
): readonly PageMark[] {
  const box = { x, y: 0, width, height }
  const { margins, shading, borders, vertical } = cell
  const behind: PageMark[] = []
  const marks: PageMark[] = []
  let y = margins.top + Math.max(0, height - needed) * SLACK[vertical]
  const inner = { x: x + margins.left, width: Math.max(1, width - margins.left - margins.right) }
  for (const item of items) {
    y += item.before
    marks.push(moved(item.marks, inner.x, y))
    const area = { ...inner, y: 0, height }
    const drawn = drawFloats(item.floats, { page: area, margin: area, column: area, top: y }, tools)
    behind.push(...drawn.behind)
    marks.push(...drawn.over)
    y += item.height + item.after
  }
  return [
    ...(shading ? [{ kind: 'path', path: rectangle(box), fill: shading } as const] : []),
    ...behind,
    ...(needed > height + 1 ? [{ kind: 'group', clip: rectangle(box), marks } as const] : marks),
    ...drawBorders(box, borders),
  ]
}
