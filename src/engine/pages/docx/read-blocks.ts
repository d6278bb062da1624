import { attributeOf, type Element } from '../element.ts'
import type { FlowBlock, FlowParagraph } from '../flow/blocks.ts'
import type { DocxContext } from './docx-context.ts'
import { type ReadParagraph, readParagraph } from './read-paragraph.ts'
import { readTable } from './read-table.ts'

/** Tables and boxes within each other that are read. */
const MOST_LEVELS = 10

/** Elements that hold blocks as they hold anything. */
const HOLDERS: ReadonlySet<string> = new Set(
  'sdt sdtContent customXml ins moveTo smartTag'.split(' '),
)

/** Holders within each other that are read. */
const MOST_HOLDERS = 30

/** Reads blocks one by one. */
export interface BlockReader {
  readonly add: (element: Element) => void
  /** How many letters have been read, those of tables not counted. */
  readonly letters: () => number
  /** Takes what has been read since. */
  readonly take: () => readonly FlowBlock[]
}

/** Makes what reads blocks of a part in their order. */
export function createBlockReader(context: DocxContext): BlockReader {
  let blocks: FlowBlock[] = []
  let last: Told | undefined
  let letters = 0

  function addParagraph(element: Element): void {
    const read = readParagraph(element, context, readBlocks)
    const [first, ...others] = read.blocks
    const before = blocks.at(-1)
    if (last && before?.kind === 'paragraph' && first?.kind === 'paragraph') {
      const [one, other] = joined(before, last, first, read)
      blocks.splice(-1, 1, one, other, ...others)
    } else blocks.push(...read.blocks)
    last = read
    for (const block of read.blocks) letters += lettersOf(block)
  }

  function add(element: Element, level: number): void {
    if (element.name === 'p') addParagraph(element)
    else if (element.name === 'tbl') {
      blocks.push(readTable(element, context, readBlocks))
      last = undefined
    } else if (element.name === 'altChunk') {
      blocks.push(...(context.chunks.get(attributeOf(element, 'id') ?? '') ?? []))
    } else if (HOLDERS.has(element.name) && level < MOST_HOLDERS) {
      for (const child of element.children) add(child, level + 1)
    }
  }

  return {
    add: (element) => add(element, 0),
    letters: () => letters,
    take() {
      const taken = blocks
      blocks = []
      last = undefined
      return taken
    },
  }
}

function readBlocks(elements: readonly Element[], context: DocxContext): readonly FlowBlock[] {
  if (context.level > MOST_LEVELS) return []
  const reader = createBlockReader(context)
  for (const element of elements) reader.add(element)
  return reader.take()
}

function lettersOf(block: FlowBlock): number {
  if (block.kind !== 'paragraph') return 0
  return block.paragraph.runs.reduce((sum, { text }) => sum + text.length, 0)
}

type Told = Pick<ReadParagraph, 'style' | 'look'>

/**
 * Two paragraphs that follow each other: of the spaces between them the larger one counts, none between those of a style
 * that wants none; and there is one frame around those with the same.
 */
function joined(
  one: FlowParagraph,
  { style, look }: Told,
  other: FlowParagraph,
  next: Told,
): readonly [FlowParagraph, FlowParagraph] {
  const isSame = style === next.style
  const after = isSame && look.isContextual ? 0 : (one.paragraph.spaceAfter ?? 0)
  const before = isSame && next.look.isContextual ? 0 : (other.paragraph.spaceBefore ?? 0)
  const first = { ...one, paragraph: { ...one.paragraph, spaceAfter: after } }
  const spaceBefore = Math.max(0, before - after)
  const second = { ...other, paragraph: { ...other.paragraph, spaceBefore } }
  const hasFrame = first.borders !== undefined && Object.keys(first.borders).length > 0
  if (!hasFrame || JSON.stringify(look.borders) !== JSON.stringify(next.look.borders)) {
    return [first, second]
  }
  return [
    { ...first, borders: { ...first.borders, bottom: undefined } },
    { ...second, borders: { ...second.borders, top: undefined } },
  ]
}
