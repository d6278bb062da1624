import type { FlowBlock } from '../flow/blocks.ts'

/** Stands where the number of the page is; no font has it. */
export const PAGE_NUMBER = '\ue0f0'

/** Puts the number of a page where it stands in a header or a footer. */
export function withPageNumber(blocks: readonly FlowBlock[], number: string): readonly FlowBlock[] {
  return blocks.map((block) => {
    if (block.kind === 'table') {
      const rows = block.rows.map((row) => ({
        ...row,
        cells: row.cells.map((cell) => ({ ...cell, blocks: withPageNumber(cell.blocks, number) })),
      }))
      return { ...block, rows }
    }
    if (block.kind === 'break') return block
    const runs = block.paragraph.runs.map((run) => ({
      ...run,
      text: run.text.replaceAll(PAGE_NUMBER, number),
    }))
    const floats = block.floats?.map((float) =>
      float.content.kind === 'box'
        ? {
            ...float,
            content: { ...float.content, blocks: withPageNumber(float.content.blocks, number) },
          }
        : float,
    )
    return { ...block, paragraph: { ...block.paragraph, runs }, ...(floats && { floats }) }
  })
}
