import type { Bookmark } from '../../pdf/outline/read-outline.ts'
import { readPositions } from '../../pdf/text/read-positions.ts'
import { directionOf } from '../direction.ts'
import type { Block, Cell, RichText } from '../rich-text.ts'
import { partBold } from './bold-lines.ts'
import { type HeadingOf, learnHeadings } from './headings.ts'
import { joinLines, toParagraph, toParagraphs, toText } from './paragraphs.ts'
import { type Group, groupBlocks, type Row } from './tables.ts'

/**
 * Reads the text of pages that a PDF has, of which nothing tells what is a heading, a list or a table: by how large its letters are,
 * where they stand, and by its bookmarks.
 *
 * @param positionsPath - the file that {@link writePdfPositions} has written
 */
export function readPages(positionsPath: string, bookmarks: readonly Bookmark[]): RichText {
  const headingOf = learnHeadings(readPositions(positionsPath), bookmarks)
  const blocks: Block[] = []
  for (const page of readPositions(positionsPath)) {
    for (const group of groupBlocks(partBold(page.blocks)))
      blocks.push(...toBlocks(group, headingOf))
  }
  return { direction: undefined, blocks }
}

function toBlocks(group: Group, headingOf: HeadingOf): Block[] {
  if (group.kind === 'table') return [toTable(group.rows)]
  if (group.kind === 'row') return toRow(group.row, headingOf)
  const { block } = group
  const level = headingOf(block, true)
  if (level === undefined) return toParagraphs(block)
  const content = [toText(joinLines(block.lines))]
  return [{ kind: 'heading', level, content, direction: directionOf(content) }]
}

/** Words that stand beside each other, such as a number and its heading, are one line. */
function toRow(row: Row, headingOf: HeadingOf): Block[] {
  const lines = row.flatMap((block) => block.lines)
  const [first, ...others] = row
  const isAlone = first !== undefined && isNumber(first) && others.length === 1
  const levels = row.map((block) => (isNumber(block) ? undefined : headingOf(block, isAlone)))
  const level = row.every((block, index) => isNumber(block) || levels[index] !== undefined)
    ? levels.find((each) => each !== undefined)
    : undefined
  const text = joinLines(lines)
  if (level === undefined) return [toParagraph(text)]
  const content = [toText(text)]
  return [{ kind: 'heading', level, content, direction: directionOf(content) }]
}

function isNumber(block: Row[number]): boolean {
  return /^[\d.]+$/.test(joinLines(block.lines))
}

function toTable(rows: readonly Row[]): Block {
  return {
    kind: 'table',
    rows: rows.map((row, index) => row.map((block) => toCell(joinLines(block.lines), index === 0))),
    direction: undefined,
  }
}

function toCell(text: string, isHeader: boolean): Cell {
  return { blocks: [toParagraph(text)], isHeader, columns: 1, rows: 1 }
}
