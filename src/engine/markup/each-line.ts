import type { Block, Inline } from './rich-text.ts'

/** Blocks with other lines, from top to bottom. */
export function eachLine(
  blocks: readonly Block[],
  change: (content: readonly Inline[], isHeading: boolean) => readonly Inline[],
): Block[] {
  const within = (some: readonly Block[]): Block[] => eachLine(some, change)
  return blocks.map((block): Block => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return { ...block, content: change(block.content, block.kind === 'heading') }
      case 'quote':
        return { ...block, blocks: within(block.blocks) }
      case 'list':
        return { ...block, items: block.items.map(within) }
      case 'table':
        return {
          ...block,
          rows: block.rows.map((cells) =>
            cells.map((cell) => ({ ...cell, blocks: within(cell.blocks) })),
          ),
        }
      case 'code':
      case 'rule':
      default:
        return block
    }
  })
}
