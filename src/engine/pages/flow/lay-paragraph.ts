import type { Paragraph } from '../../typesetting/text-content.ts'
import { moved } from '../drawing/moved.ts'
import type { PageMark } from '../drawing/page.ts'
import { rectangle } from '../drawing/shapes.ts'
import { setParagraphs } from '../paragraphs/set-paragraphs.ts'
import type { Border, Borders, FlowParagraph } from './blocks.ts'
import { drawBorders } from './borders.ts'
import { type Beside, type FlowItem, type FlowTools, NO_ITEM } from './item.ts'

/** Lines that are left alone on no page, at the end of one and at the start of the next. */
const TOGETHER = 2

/**
 * Lays out a paragraph, each line of it an item.
 *
 * @param notes - what stands at the foot of its page
 */
export function* layParagraph(
  block: FlowParagraph,
  width: number,
  { fonts, beside }: FlowTools,
  notes: readonly FlowItem[],
): Generator<FlowItem> {
  const { keepsNext = false, keepsLines = false, breaksBefore = false, floats = [] } = block
  const paragraph = narrowed(
    block.paragraph,
    beside?.(floats),
    (each) => setParagraphs([each], { width, fonts }).lines.at(0)?.height ?? 0,
  )
  const { lines, height } = setParagraphs([paragraph], { width, fonts })
  const { spaceBefore = 0, indent } = paragraph
  const { left = 0, right = 0, first = 0 } = indent ?? {}
  const start = Math.min(left, left + first)
  const box = { x: start, width: Math.max(0, width - start - right) }
  let end = spaceBefore
  for (const [index, line] of lines.entries()) {
    const [isFirst, isLast] = [index === 0, index === lines.length - 1]
    end += line.height
    const borders = { ...block.borders }
    if (!isFirst) delete borders.top
    if (!isLast) delete borders.bottom
    const [above, below] = [reachOf(borders.top), reachOf(borders.bottom)]
    const place = { ...box, height: above + line.height + below }
    yield {
      ...NO_ITEM,
      before: isFirst ? spaceBefore : 0,
      height: place.height,
      after: isLast ? Math.max(0, height - end) : 0,
      marks: [
        ...(block.shading ? shade(place, block) : []),
        moved(line.marks, 0, above - line.top),
        ...frame(place, borders),
      ],
      breaksBefore: breaksBefore && isFirst,
      keepsNext: isLast ? keepsNext : keepsLines || isKept(index, lines.length),
      floats: isFirst ? floats : [],
      notes: isFirst ? notes : [],
    }
  }
}

function isKept(index: number, count: number): boolean {
  return index < TOGETHER - 1 || index >= count - TOGETHER
}

/** Has the first lines leave free what stands beside them. */
function narrowed(
  paragraph: Paragraph,
  beside: Beside | undefined,
  lineHeight: (paragraph: Paragraph) => number,
): Paragraph {
  if (beside === undefined) return paragraph
  const height = Math.max(1, lineHeight({ ...paragraph, runs: paragraph.runs.slice(0, 1) }))
  const lines = Math.ceil((beside.height - (paragraph.spaceBefore ?? 0)) / height)
  return { ...paragraph, beside: { lines, left: beside.left, right: beside.right } }
}

function reachOf(border: Border | undefined): number {
  return border === undefined ? 0 : border.space + border.width
}

type Place = { readonly x: number; readonly width: number; readonly height: number }

function shade(place: Place, { shading, borders }: FlowParagraph): PageMark[] {
  const { x, width } = outerOf(place, borders)
  return [
    { kind: 'path', path: rectangle({ x, y: 0, width, height: place.height }), fill: shading },
  ]
}

function frame(place: Place, borders: Borders): PageMark[] {
  const { x, width } = outerOf(place, borders)
  const [top, bottom] = [(borders.top?.width ?? 0) / 2, (borders.bottom?.width ?? 0) / 2]
  return drawBorders({ x, y: top, width, height: place.height - top - bottom }, borders)
}

/** Borders at the sides stand in the margins. */
function outerOf({ x, width }: Place, borders: Borders | undefined): Omit<Place, 'height'> {
  const [left, right] = [borders?.left?.space ?? 0, borders?.right?.space ?? 0]
  return { x: x - left, width: width + left + right }
}
