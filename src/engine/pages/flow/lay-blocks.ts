import type { PageFonts } from '../paragraphs/page-fonts.ts'
import type { FlowBlock } from './blocks.ts'
import { type FlowItem, type FlowTools, NO_ITEM, toolsWithin } from './item.ts'
import { layParagraph } from './lay-paragraph.ts'
import { layTable } from './lay-table.ts'

/** Tables and boxes within each other that are laid out; what is deeper is too narrow to be read. */
const MOST_LEVELS = 12

/**
 * Lays out a text from the top downwards, piece by piece: no more is done than is asked for.
 *
 * @param width - of what it is in, in points
 */
export function* layBlocks(
  blocks: readonly FlowBlock[],
  width: number,
  tools: FlowTools,
): Generator<FlowItem> {
  if (tools.level > MOST_LEVELS) return
  for (const block of blocks) {
    if (block.kind === 'break') yield { ...NO_ITEM, breaksBefore: true }
    else if (block.kind === 'table') yield* layTable(block, width, tools)
    else {
      const notes = block.notes ?? []
      const items = notes.length === 0 ? [] : [...layBlocks(notes, width, toolsWithin(tools))]
      yield* layParagraph(block, width, tools, items)
    }
  }
}

/** What a text is laid out with that is in no other. */
export function createFlowTools(fonts: PageFonts): FlowTools {
  return { fonts, lay: layBlocks, level: 0 }
}
