import type { PageMark } from '../../drawing/page.ts'
import { type Box, rectangle } from '../../drawing/shapes.ts'
import { type Colour, toLetterColour } from '../colours/colour.ts'
import type { ChartText } from './chart-text.ts'
import type { Chart } from './read-chart.ts'

/** A line of a legend. */
export interface LegendEntry {
  readonly name: string
  readonly colour: Colour
}

const GAP = 6

/** A legend takes no more than this share of the width. */
const WIDEST = 0.4

/** Draws what colours stand for at a side of a box, and says what is left of that. */
export function drawLegend(
  entries: readonly LegendEntry[],
  {
    side,
    box,
    text,
  }: { readonly side: Chart['legend']; readonly box: Box; readonly text: ChartText },
): { readonly marks: PageMark[]; readonly rest: Box } {
  if (side === undefined || entries.length === 0) return { marks: [], rest: box }
  const key = text.size * 0.55
  const isUpright = side === 'left' || side === 'right'
  // Closer to each other where they are many.
  const room = isUpright ? box.height / entries.length : Number.POSITIVE_INFINITY
  const line = Math.min(text.size * 1.5, Math.max(text.size * 1.1, room))
  const widths = entries.map(({ name }) => key + GAP + text.widthOf(name) + GAP)
  if (isUpright) {
    const width = Math.min(box.width * WIDEST, Math.max(...widths))
    const shown = entries.slice(0, Math.max(1, Math.floor(box.height / line)))
    const top = box.y + (box.height - shown.length * line) / 2
    const left = side === 'left' ? box.x : box.x + box.width - width
    const marks = shown.flatMap((entry, index) =>
      drawEntry(entry, { x: left, y: top + index * line, width, height: line }, { key, text }),
    )
    const rest = {
      ...box,
      width: box.width - width - GAP,
      ...(side === 'left' && { x: box.x + width + GAP }),
    }
    return { marks, rest }
  }
  const rows: { readonly from: number; width: number; count: number }[] = []
  for (const [index, width] of widths.entries()) {
    const row = rows.at(-1)
    if (row !== undefined && row.width + width <= box.width) {
      row.width += width
      row.count += 1
    } else rows.push({ from: index, width, count: 1 })
  }
  const shown = rows.slice(0, Math.max(1, Math.floor((box.height * WIDEST) / line)))
  const height = shown.length * line
  const top = side === 'top' ? box.y : box.y + box.height - height
  const marks = shown.flatMap(({ from, width, count }, row) => {
    let x = box.x + Math.max(0, box.width - width) / 2
    return entries.slice(from, from + count).flatMap((entry, index) => {
      const own = widths[from + index] ?? 0
      const place = { x, y: top + row * line, width: Math.min(own, box.width), height: line }
      x += own
      return drawEntry(entry, place, { key, text })
    })
  })
  const rest = {
    ...box,
    height: box.height - height - GAP,
    ...(side === 'top' && { y: box.y + height + GAP }),
  }
  return { marks, rest }
}

function drawEntry(
  { name, colour }: LegendEntry,
  { x, y, width, height }: Box,
  { key, text }: { readonly key: number; readonly text: ChartText },
): PageMark[] {
  const square = { x, y: y + (height - key) / 2, width: key, height: key }
  const words = { x: x + key + GAP / 2, y, width: Math.max(1, width - key - GAP / 2), height }
  return [
    { kind: 'path', path: rectangle(square), fill: toLetterColour(colour) },
    ...text.write(name, words, { align: 'left', anchor: 'middle' }),
  ]
}
