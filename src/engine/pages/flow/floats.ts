import { moved } from '../drawing/moved.ts'
import type { PageMark } from '../drawing/page.ts'
import { type Box, rectangle } from '../drawing/shapes.ts'
import type { Float, FloatContent, FloatPlace } from './blocks.ts'
import { drawBorders } from './borders.ts'
import { type FlowTools, heightOf, toolsWithin } from './item.ts'

/** What floats have their places from, in points of what they are drawn on. */
export interface FloatFrames {
  readonly page: Box
  readonly margin: Box
  readonly column: Box
  /** Of the paragraph that they are anchored to. */
  readonly top: number
}

/** Where a float is. */
export interface PlacedFloat {
  readonly float: Float
  readonly box: Box
}

/** Tells where a float is. */
export function placeFloat(float: Float, { page, margin, column, top }: FloatFrames): PlacedFloat {
  const { width, height, horizontal, vertical } = float
  const across = { page, margin, column }[horizontal.from]
  const down = { page, margin, paragraph: { y: top, height: 0 } }[vertical.from]
  const x = along(horizontal, across.x, across.width - width)
  const y = along(vertical, down.y, vertical.from === 'paragraph' ? 0 : down.height - height)
  return { float, box: { x, y, width, height } }
}

function along({ offset, align }: FloatPlace<string>, start: number, slack: number): number {
  return start + (align === undefined ? offset : slack * align)
}

/** Draws floats, those that stand behind a text and those that do not. */
export function drawFloats(
  floats: readonly Float[],
  frames: FloatFrames,
  tools: FlowTools,
): { readonly behind: readonly PageMark[]; readonly over: readonly PageMark[] } {
  const behind: PageMark[] = []
  const over: PageMark[] = []
  for (const float of floats) {
    const { box } = placeFloat(float, frames)
    const marks = drawContent(float.content, box, tools)
    if (float.wrap === 'behind') behind.push(...marks)
    else over.push(...marks)
  }
  return { behind, over }
}

function drawContent(content: FloatContent, box: Box, tools: FlowTools): readonly PageMark[] {
  if (content.kind === 'picture') {
    const { name, crop } = content
    return [{ kind: 'picture', name, ...box, crop }]
  }
  const { blocks, margins, anchor, fill, border } = content
  const width = Math.max(1, box.width - margins.left - margins.right)
  const items = [...tools.lay(blocks, width, toolsWithin(tools))]
  const needed = heightOf(items) + margins.top + margins.bottom
  const whole = { ...box, height: Math.max(box.height, needed) }
  const marks: PageMark[] = fill ? [{ kind: 'path', path: rectangle(whole), fill }] : []
  if (border)
    marks.push(...drawBorders(whole, { left: border, top: border, right: border, bottom: border }))
  let y = box.y + margins.top + (whole.height - needed + (items.at(-1)?.after ?? 0)) * anchor
  for (const item of items) {
    y += item.before
    marks.push(moved(item.marks, box.x + margins.left, y))
    y += item.height + item.after
  }
  return marks
}
