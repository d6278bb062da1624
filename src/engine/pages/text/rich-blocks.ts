import {
  type Block,
  type Inline,
  type List,
  plainText,
  type Table,
} from '../../markup/rich-text.ts'
import type { LetterColour, Paragraph, TextRun } from '../../typesetting/text-content.ts'
import type { Border, FlowBlock, FlowCell, FlowParagraph, FlowTable } from '../flow/blocks.ts'

/** How the letters of a text without looks are set, in points. */
const SIZE = 11
const HEADING_SIZES = { 1: 20, 2: 16, 3: 14, 4: 12, 5: 11, 6: 11 } as const
const SPACE = 6
const LINES = { by: 'factor', factor: 1.15 } as const
/** How much further in lists and quotes are than what is around them. */
const INDENT = 18

const BLACK: LetterColour = { red: 0, green: 0, blue: 0, alpha: 255 }
const GREY: LetterColour = { red: 166, green: 166, blue: 166, alpha: 255 }
const LINK: LetterColour = { red: 5, green: 99, blue: 193, alpha: 255 }
const RULE: Border = { colour: GREY, width: 0.5, style: 'single', space: 0 }

const CELL_MARGINS = { left: 4, top: 2, right: 4, bottom: 2 }

/** As many columns of a table are laid out; more are too narrow to be read. */
const MOST_COLUMNS = 24

/** The fewest and the most letters that a column is as wide as. */
const FEWEST_LETTERS = 4
const MOST_LETTERS = 40

/** Blocks within blocks that are laid out. */
const MOST_LEVELS = 24

/** How blocks are set. */
interface Setting {
  readonly indent: number
  readonly size: number
  readonly level: number
}

/**
 * Gives a text a look, which it says nothing of.
 *
 * @param size - of its letters but for those of headings, in points
 */
export function toFlowBlocks(blocks: readonly Block[], size: number = SIZE): readonly FlowBlock[] {
  return blocks.flatMap((block) => toBlocks(block, { indent: 0, size, level: 0 }))
}

function toBlocks(block: Block, setting: Setting): readonly FlowBlock[] {
  if (setting.level > MOST_LEVELS) return []
  switch (block.kind) {
    case 'heading': {
      const size = (HEADING_SIZES[block.level] * setting.size) / SIZE
      const runs = toRuns(block.content, { ...setting, size }).map((run) => ({
        ...run,
        bold: true,
      }))
      const heading = toParagraph(runs, setting, block.direction)
      const spaces = { spaceBefore: size * 0.7, spaceAfter: size * 0.3 }
      return [{ ...heading, paragraph: { ...heading.paragraph, ...spaces }, keepsNext: true }]
    }
    case 'paragraph':
      return [toParagraph(toRuns(block.content, setting), setting, block.direction)]
    case 'list':
      return toItems(block, setting)
    case 'table':
      return toTable(block, setting)
    case 'quote':
      return block.blocks.flatMap((each) => toBlocks(each, within(setting)))
    case 'code': {
      const run = toRun(block.text, setting)
      return [toParagraph([{ ...run, font: 'Courier New', size: setting.size - 1 }], setting)]
    }
    case 'rule':
    default:
      return [{ ...toParagraph([], setting), borders: { bottom: RULE } }]
  }
}

function within(setting: Setting): Setting {
  return { ...setting, indent: setting.indent + INDENT, level: setting.level + 1 }
}

function toParagraph(
  runs: readonly TextRun[],
  setting: Setting,
  direction?: Paragraph['direction'],
): FlowParagraph {
  const { indent } = setting
  const isReversed = direction === 'rtl'
  return {
    kind: 'paragraph',
    paragraph: {
      align: isReversed ? 'right' : 'left',
      runs: runs.length === 0 ? [toRun('', setting)] : runs,
      indent: { left: isReversed ? 0 : indent, right: isReversed ? indent : 0, first: 0 },
      spaceAfter: SPACE,
      lines: LINES,
      direction,
    },
  }
}

function toRun(text: string, { size }: Setting): TextRun {
  return {
    text,
    font: undefined,
    size,
    colour: BLACK,
    bold: false,
    italic: false,
    underline: false,
    position: 'baseline',
  }
}

function toRuns(content: readonly Inline[], setting: Setting): TextRun[] {
  return content.flatMap((each): TextRun[] => {
    if (each.kind === 'break') return [toRun('\n', setting)]
    if (each.kind !== 'text') return []
    const has = (mark: (typeof each.marks)[number]): boolean => each.marks.includes(mark)
    const isLink = each.link !== undefined
    return [
      {
        ...toRun(each.text, setting),
        font: has('code') ? 'Courier New' : undefined,
        colour: isLink ? LINK : BLACK,
        bold: has('strong'),
        italic: has('em'),
        underline: isLink || has('underline'),
        strike: has('strike'),
        position: has('sup') ? 'superscript' : has('sub') ? 'subscript' : 'baseline',
        ...(has('mark') && { background: { red: 255, green: 255, blue: 0, alpha: 255 } }),
      },
    ]
  })
}

/** The first block of an item has its bullet or number in front. */
function toItems(list: List, setting: Setting): readonly FlowBlock[] {
  const inner = within(setting)
  return list.items.flatMap((item, index) => {
    const label = list.isOrdered ? `${list.start + index}.` : '•'
    const blocks = item.flatMap((block) => toBlocks(block, inner))
    const [first, ...rest] = blocks
    if (first?.kind !== 'paragraph')
      return [labelled(toParagraph([], inner), label, inner), ...blocks]
    return [labelled(first, label, inner), ...rest]
  })
}

function labelled(block: FlowParagraph, label: string, setting: Setting): FlowParagraph {
  const { paragraph } = block
  const { left = 0, right = 0 } = paragraph.indent ?? {}
  const runs = [toRun(`${label}\t`, setting), ...paragraph.runs]
  const indent = { left, right, first: left >= INDENT ? -INDENT : 0 }
  return { ...block, paragraph: { ...paragraph, runs, indent, spaceAfter: SPACE / 2 } }
}

function toTable({ rows }: Table, setting: Setting): readonly FlowBlock[] {
  const weights: number[] = []
  for (const row of rows) {
    for (const [column, { blocks, columns }] of row.slice(0, MOST_COLUMNS).entries()) {
      const letters = columns === 1 ? lettersOf(blocks) : FEWEST_LETTERS
      weights[column] = Math.max(weights[column] ?? FEWEST_LETTERS, Math.min(MOST_LETTERS, letters))
    }
  }
  const total = weights.reduce((sum, each) => sum + each, 0)
  const inner = { ...setting, indent: 0, size: setting.size - 1, level: setting.level + 1 }
  const table: FlowTable = {
    kind: 'table',
    columnsIn(width) {
      const room = width - setting.indent
      return { left: setting.indent, widths: weights.map((each) => (each / total) * room) }
    },
    rows: rows.map((row) => ({
      cells: row.slice(0, MOST_COLUMNS).map((cell, column): FlowCell => ({
        column,
        columns: Math.max(1, Math.min(cell.columns, MOST_COLUMNS - column)),
        rows: Math.max(1, cell.rows),
        blocks: cell.blocks.flatMap((block) => toBlocks(block, inner)).map(withoutSpace),
        borders: { left: RULE, top: RULE, right: RULE, bottom: RULE },
        margins: CELL_MARGINS,
        vertical: 'top',
      })),
      isHeader: false,
      isWhole: false,
    })),
  }
  return [table, toParagraph([], { ...setting, size: SPACE })]
}

function withoutSpace(block: FlowBlock): FlowBlock {
  if (block.kind !== 'paragraph') return block
  return { ...block, paragraph: { ...block.paragraph, spaceAfter: 0 } }
}

function lettersOf(blocks: readonly Block[]): number {
  return blocks.reduce(
    (most, block) => ('content' in block ? Math.max(most, plainText(block.content).length) : most),
    0,
  )
}
